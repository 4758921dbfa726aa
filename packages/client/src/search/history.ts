import { Direction, type IRoomEvent, type MatrixClient, type MatrixEvent, type Room } from 'matrix-js-sdk';
import { oneLineOf } from '../messages/content.ts';
import { personIn } from '../messages/people.ts';
import { saidIn } from '../messages/said.ts';
import { type FoundMessage, says } from './found.ts';
import type { Page, Pages } from './pages.ts';

const PAGE = 100;

/** What an event says in words; `undefined` for what has none, or can't be read here. */
export function wordsIn(event: MatrixEvent): string | undefined {
  const content = saidIn(event);
  if (content === undefined || content.kind === 'deleted' || content.kind === 'locked') return undefined;
  if (content.kind === 'file') return content.name;
  return oneLineOf(content) || undefined;
}

/** A message as a result. */
export const foundOf = (client: MatrixClient, room: Room, event: MatrixEvent, text: string): FoundMessage => ({
  key: event.getId() ?? '',
  roomId: room.roomId,
  sender: personIn(client, room, event.getSender() ?? ''),
  at: event.getTs(),
  text,
});

/**
 * Looks through a conversation on this device, from its newest message on: of what is encrypted the server knows no word.
 * What was changed is found by what it says now.
 */
export class HistoryPages implements Pages {
  readonly #client: MatrixClient;
  readonly #room: Room;
  readonly #words: string;
  /** What messages say since they were changed; changes come before what they change, because one reads backwards. */
  readonly #changed = new Map<string, string>();
  #from: string | null = null;

  constructor(client: MatrixClient, room: Room, words: string) {
    this.#client = client;
    this.#room = room;
    this.#words = words;
  }

  async next(): Promise<Page> {
    const { chunk, end } = await this.#client.createMessagesRequest(
      this.#room.roomId,
      this.#from,
      PAGE,
      Direction.Backward,
    );
    this.#from = end ?? null;
    const found: FoundMessage[] = [];
    for (const raw of chunk) {
      const message = await this.#read(raw);
      if (message !== undefined) found.push(message);
    }
    const oldest = chunk.at(-1)?.origin_server_ts;
    return {
      found,
      isLast: end === undefined || chunk.length === 0,
      ...(oldest !== undefined && { lookedBackTo: oldest }),
    };
  }

  async #read(raw: IRoomEvent): Promise<FoundMessage | undefined> {
    const event = this.#client.getEventMapper({ decrypt: false, preventReEmit: true })(raw);
    await this.#client.decryptEventIfNeeded(event);
    const replaced = event.isRelation('m.replace') ? event.getRelation()?.event_id : undefined;
    if (replaced !== undefined) {
      const content: unknown = event.getContent()['m.new_content'];
      if (!this.#changed.has(replaced) && !event.isRedacted()) this.#changed.set(replaced, bodyOf(content));
      return undefined;
    }
    const said = wordsIn(event);
    const text = said === undefined ? undefined : (this.#changed.get(event.getId() ?? '') ?? said);
    return text !== undefined && says(text, this.#words) ? foundOf(this.#client, this.#room, event, text) : undefined;
  }
}

const bodyOf = (content: unknown): string =>
  typeof content === 'object' && content !== null && 'body' in content && typeof content.body === 'string'
    ? content.body
    : '';
