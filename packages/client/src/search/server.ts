import type { IEvent, MatrixClient } from 'matrix-js-sdk';
import { SearchOrderBy } from 'matrix-js-sdk/lib/@types/search.js';
import { byTime, type FoundMessage } from './found.ts';
import { foundOf, wordsIn } from './history.ts';
import type { Page, Pages } from './pages.ts';

/** Has the server look through conversations that are not encrypted (specification: "Server Side Search"). */
export class ServerPages implements Pages {
  readonly #client: MatrixClient;
  readonly #roomIds: readonly string[];
  readonly #words: string;
  #from: string | undefined;

  constructor(client: MatrixClient, roomIds: readonly string[], words: string) {
    this.#client = client;
    this.#roomIds = roomIds;
    this.#words = words;
  }

  async next(): Promise<Page> {
    const answer = await this.#client.search({
      ...(this.#from !== undefined && { next_batch: this.#from }),
      body: {
        search_categories: {
          room_events: {
            search_term: this.#words,
            order_by: SearchOrderBy.Recent,
            filter: { rooms: [...this.#roomIds], types: ['m.room.message'] },
          },
        },
      },
    });
    const { results = [], next_batch: next } = answer.search_categories.room_events;
    this.#from = next;
    const found = results.flatMap(({ result }) => this.#read(result) ?? []);
    return { found, isLast: next === undefined };
  }

  #read(raw: Partial<IEvent>): FoundMessage | undefined {
    const event = this.#client.getEventMapper({ preventReEmit: true })(raw);
    const room = this.#client.getRoom(event.getRoomId());
    const text = wordsIn(event);
    return room === null || text === undefined ? undefined : foundOf(this.#client, room, event, text);
  }
}

/** What this device has at hand of encrypted conversations, with nothing fetched. */
export class LoadedPages implements Pages {
  readonly next: () => Promise<Page>;

  constructor(loaded: () => readonly FoundMessage[]) {
    this.next = () => Promise.resolve({ found: loaded().toSorted(byTime), isLast: true });
  }
}
