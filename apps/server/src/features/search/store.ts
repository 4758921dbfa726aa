import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { SearchKey } from '@byline/protocol/matrix/search.ts';
import { type Kysely, sql } from 'kysely';
import type { Engine, Writer } from '../../platform/engine/engine.ts';
import { type FoundRow, FullTextIndex } from '../../platform/engine/full-text.ts';
import type { Position } from '../../platform/log/entry.ts';

/** What can be found of one event; without words there is nothing. */
export interface SearchText {
  readonly position: Position;
  readonly eventId: EventId;
  readonly roomId: RoomId;
  readonly sender: UserId;
  readonly key: SearchKey;
  /** As it is compared. */
  readonly text: string;
}

export interface FoundText extends SearchText {
  readonly rank: number;
}

/** What becomes of an event's text: it holds from now on, or there is none any more. */
export type TextChange = { readonly text: SearchText; readonly words: readonly string[] } | { readonly gone: Position };

export interface WantedTexts {
  readonly words: readonly string[];
  readonly roomIds: readonly RoomId[];
  readonly keys: readonly SearchKey[] | undefined;
  readonly upTo: Position;
  readonly order: 'recent' | 'rank';
  readonly limit: number;
}

type Tables = {
  search_texts: {
    position: Position;
    event_id: EventId;
    room_id: RoomId;
    sender: UserId;
    search_key: SearchKey;
    text: string;
  };
  search_cursor: { id: number; position: Position };
};

/** Rooms in one statement; SQLite allows 32,766 parameters. */
const MOST_ROOMS = 20_000;
const ROWS_AT_ONCE = 200;

/** Keeps what can be found, and how far the log was read for it. */
export class SearchStore {
  readonly #reader: Kysely<Tables>;
  readonly #engine: Engine;
  readonly #index: FullTextIndex;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#reader = engine.reader.withTables<Tables>();
    this.#index = new FullTextIndex(engine, 'search_words');
  }

  async cursor(): Promise<Position> {
    const row = await this.#reader.selectFrom('search_cursor').select('position').executeTakeFirst();
    return row?.position ?? 0;
  }

  /** Writes changes, of each event one, and up to where the log is read by then. */
  async write(changes: readonly TextChange[], upTo: Position): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      for (let start = 0; start < changes.length; start += ROWS_AT_ONCE) {
        await this.#writeSome(writer, changes.slice(start, start + ROWS_AT_ONCE));
      }
      await writer.withTables<Tables>().updateTable('search_cursor').set({ position: upTo }).execute();
    });
  }

  /** The texts that hold all words, in the rooms, in their order. */
  async find({ words, roomIds, keys, upTo, order, limit }: WantedTexts): Promise<FoundText[]> {
    if (words.length === 0 || roomIds.length === 0) return [];
    const rows = await this.#reader
      .with('found', () => sql<FoundRow>`(${this.#index.find(words)})`)
      .selectFrom('found')
      .innerJoin('search_texts as text', 'text.position', 'found.row')
      .selectAll('text')
      .select('found.rank')
      .where('text.room_id', 'in', roomIds.slice(0, MOST_ROOMS))
      .where('text.position', '<=', upTo)
      .$if(keys !== undefined && keys.length > 0, (query) => query.where('text.search_key', 'in', keys ?? []))
      .$if(order === 'rank', (query) => query.orderBy('found.rank', 'desc'))
      .orderBy('text.position', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      position: row.position,
      eventId: row.event_id,
      roomId: row.room_id,
      sender: row.sender,
      key: row.search_key,
      text: row.text,
      rank: row.rank,
    }));
  }

  async #writeSome(writer: Writer, changes: readonly TextChange[]): Promise<void> {
    const positions = changes.map((change) => ('gone' in change ? change.gone : change.text.position));
    const tables = writer.withTables<Tables>();
    await tables.deleteFrom('search_texts').where('position', 'in', positions).execute();
    const rows = changes.flatMap((change) => ('gone' in change ? [] : [change.text]));
    if (rows.length > 0) {
      await tables
        .insertInto('search_texts')
        .values(
          rows.map(({ position, eventId, roomId, sender, key, text }) => ({
            position,
            event_id: eventId,
            room_id: roomId,
            sender,
            search_key: key,
            text,
          })),
        )
        .execute();
    }
    await this.#index.write(
      writer,
      changes.map((change) =>
        'gone' in change ? { row: change.gone, words: [] } : { row: change.text.position, words: change.words },
      ),
    );
  }
}
