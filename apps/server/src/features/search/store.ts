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

/** A text that holds from now on, and the words by which it is found. */
export interface NewText {
  readonly text: SearchText;
  readonly words: readonly string[];
}

/** What becomes of texts: some are gone or hold no more, and then others come. */
export interface TextChanges {
  readonly old: readonly Position[];
  readonly new: readonly NewText[];
}

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

  /** Writes changes, and up to where the log is read by then. */
  async write(changes: TextChanges, upTo: Position): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      for (const part of inParts(changes.old)) await this.#delete(writer, part);
      for (const part of inParts(changes.new)) await this.#insert(writer, part);
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

  async #delete(writer: Writer, positions: readonly Position[]): Promise<void> {
    await writer.withTables<Tables>().deleteFrom('search_texts').where('position', 'in', positions).execute();
    await this.#index.delete(writer, positions);
  }

  async #insert(writer: Writer, texts: readonly NewText[]): Promise<void> {
    const rows = texts.map(({ text: { position, eventId, roomId, sender, key, text } }) => ({
      position,
      event_id: eventId,
      room_id: roomId,
      sender,
      search_key: key,
      text,
    }));
    await writer.withTables<Tables>().insertInto('search_texts').values(rows).execute();
    await this.#index.insert(
      writer,
      texts.map(({ text, words }) => ({ row: text.position, words })),
    );
  }
}

function* inParts<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
