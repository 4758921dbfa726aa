import type { JsonObject, RoomId, UserId } from '@byline/protocol';
import { sql } from 'kysely';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';
import { type Kept, MOST_FILTERS_OF_USER } from './limits.ts';
import type { AccountDataEntry, Position } from '../../platform/log/entry.ts';

interface AccountDataRow {
  user_id: UserId;
  room_id: RoomId | typeof NO_ROOM;
  type: string;
  /** A JSON object. */
  content: string;
  position: Position;
}

type Tables = {
  account_data: AccountDataRow;
  filters: { user_id: UserId; filter_id: string; filter: string; number: number };
};

const NO_ROOM = '';
/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of account data and filters. */
export class AccountDataStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Writes entries over what stood there; of two with the same key the newer wins. */
  readonly upsert = async (writer: Writer, entries: readonly AccountDataEntry[]): Promise<void> => {
    const rows = [...new Map(entries.map((entry) => [keyOf(entry), rowOf(entry)])).values()];
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await tables(writer)
        .insertInto('account_data')
        .values(rows.slice(start, start + ROWS_AT_ONCE))
        .onConflict((conflict) =>
          conflict.columns(['user_id', 'room_id', 'type']).doUpdateSet((row) => ({
            content: row.ref('excluded.content'),
            position: row.ref('excluded.position'),
          })),
        )
        .execute();
    }
  };

  async find(userId: UserId, roomId: RoomId | null, type: string, writer?: Writer): Promise<JsonObject | undefined> {
    const row = await tables(writer ?? this.#engine.reader)
      .selectFrom('account_data')
      .select('content')
      .where('user_id', '=', userId)
      .where('room_id', '=', roomId ?? NO_ROOM)
      .where('type', '=', type)
      .executeTakeFirst();
    return row === undefined ? undefined : parseContent(row.content);
  }

  /** Everything of a user that was written after `position`, in the order in which it was. */
  async since(userId: UserId, position: Position): Promise<AccountDataEntry[]> {
    const rows = await tables(this.#engine.reader)
      .selectFrom('account_data')
      .selectAll()
      .where('user_id', '=', userId)
      .where('position', '>', position)
      .orderBy('position')
      .execute();
    return rows.map(entryOf);
  }

  async deleteAll(userId: UserId): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      for (const table of ['account_data', 'filters'] as const)
        await tables(writer).deleteFrom(table).where('user_id', '=', userId).execute();
    });
  }

  /** What a user keeps here, but for what stands under one name. */
  async keptBeside({ userId, roomId, type }: Pick<AccountDataEntry, 'userId' | 'roomId' | 'type'>): Promise<Kept> {
    return tables(this.#engine.reader)
      .selectFrom('account_data')
      .select((select) => [
        select.fn.countAll<number>().as('entries'),
        sql<number>`coalesce(sum(octet_length(content)), 0)`.as('bytes'),
      ])
      .where('user_id', '=', userId)
      .where((is) => is.or([is('room_id', '!=', roomId ?? NO_ROOM), is('type', '!=', type)]))
      .executeTakeFirstOrThrow();
  }

  /** Keeps a filter, unless it is kept already; when there are too many, the oldest go. */
  async insertFilter(userId: UserId, filterId: string, filter: string): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      const newest = await tables(writer)
        .selectFrom('filters')
        .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('number'))
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      const number = newest.number + 1;
      const inserted = await tables(writer)
        .insertInto('filters')
        .values({ user_id: userId, filter_id: filterId, filter, number })
        .onConflict((conflict) => conflict.columns(['user_id', 'filter_id']).doNothing())
        .executeTakeFirstOrThrow();
      if (inserted.numInsertedOrUpdatedRows === 0n) return;
      await tables(writer)
        .deleteFrom('filters')
        .where('user_id', '=', userId)
        .where('number', '<=', number - MOST_FILTERS_OF_USER)
        .execute();
    });
  }

  async findFilter(userId: UserId, filterId: string): Promise<string | undefined> {
    const row = await tables(this.#engine.reader)
      .selectFrom('filters')
      .select('filter')
      .where('user_id', '=', userId)
      .where('filter_id', '=', filterId)
      .executeTakeFirst();
    return row?.filter;
  }
}

const keyOf = ({ userId, roomId, type }: AccountDataEntry): string => JSON.stringify([userId, roomId, type]);

const rowOf = (entry: AccountDataEntry): AccountDataRow => ({
  user_id: entry.userId,
  room_id: entry.roomId ?? NO_ROOM,
  type: entry.type,
  content: JSON.stringify(entry.content),
  position: entry.position,
});

const entryOf = (row: AccountDataRow): AccountDataEntry => ({
  kind: 'account-data',
  position: row.position,
  userId: row.user_id,
  roomId: row.room_id === NO_ROOM ? null : row.room_id,
  type: row.type,
  content: parseContent(row.content),
});

/** What was stored is JSON of an object that came through the door. */
const parseContent = (content: string): JsonObject => JSON.parse(content) as JsonObject;
