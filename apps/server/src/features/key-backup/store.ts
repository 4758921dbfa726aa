import type { RoomId, UserId } from '@byline/protocol';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface BackupRow {
  user_id: UserId;
  version: number;
  algorithm: string;
  /** A JSON object. */
  auth_data: string;
  key_count: number;
  /** How often the keys have changed. */
  changes: number;
}

/** A session key with its place in a backup. */
export interface KeyRow {
  user_id: UserId;
  version: number;
  room_id: RoomId;
  session_id: string;
  first_message_index: number;
  forwarded_count: number;
  is_verified: 0 | 1;
  /** A JSON object. */
  session_data: string;
}

/** What the server may know of a key that is kept. */
export type KeptKey = Omit<KeyRow, 'user_id' | 'version' | 'session_data'>;

/** All keys of a backup, those of a room, or that of one session. */
export interface KeyScope {
  readonly userId: UserId;
  readonly version: number;
  readonly roomId?: RoomId;
  readonly sessionId?: string;
}

type Tables = {
  key_backup_owners: { user_id: UserId; last_version: number };
  key_backups: BackupRow;
  backed_up_keys: KeyRow;
};

/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;
/** Rows that are read at once: SQLite reads them without a pause, in which nobody else is served. */
const PAGE = 1_000;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** All SQL of key backups. */
export class KeyBackupStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Begins a backup and gives its number. */
  create({ user_id, algorithm, auth_data }: Pick<BackupRow, 'user_id' | 'algorithm' | 'auth_data'>): Promise<number> {
    return this.#engine.transaction(async (writer) => {
      const { last_version: version } = await tables(writer)
        .insertInto('key_backup_owners')
        .values({ user_id, last_version: 1 })
        .onConflict((conflict) =>
          conflict.column('user_id').doUpdateSet((is) => ({
            last_version: is('key_backup_owners.last_version', '+', 1),
          })),
        )
        .returning('last_version')
        .executeTakeFirstOrThrow();
      await tables(writer)
        .insertInto('key_backups')
        .values({ user_id, version, algorithm, auth_data, key_count: 0, changes: 0 })
        .execute();
      return version;
    });
  }

  /**
   * Works on a user's backups while nobody else changes them; `lastVersion` is the number that was given last,
   * 0 where there was none.
   */
  whileLocked<Result>(userId: UserId, work: (writer: Writer, lastVersion: number) => Promise<Result>): Promise<Result> {
    return this.#engine.transaction(async (writer) => {
      // A write first: it takes the row's lock, which a read would not.
      const owner = await tables(writer)
        .updateTable('key_backup_owners')
        .set({ user_id: userId })
        .where('user_id', '=', userId)
        .returning('last_version')
        .executeTakeFirst();
      return work(writer, owner?.last_version ?? 0);
    });
  }

  /** The newest backup. */
  current(userId: UserId, writer?: Writer): Promise<BackupRow | undefined> {
    return tables(writer ?? this.#engine.reader)
      .selectFrom('key_backups')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  find(userId: UserId, version: number, writer?: Writer): Promise<BackupRow | undefined> {
    return tables(writer ?? this.#engine.reader)
      .selectFrom('key_backups')
      .selectAll()
      .where('user_id', '=', userId)
      .where('version', '=', version)
      .executeTakeFirst();
  }

  async setAuthData(writer: Writer, userId: UserId, version: number, authData: string): Promise<void> {
    await tables(writer)
      .updateTable('key_backups')
      .set({ auth_data: authData })
      .where('user_id', '=', userId)
      .where('version', '=', version)
      .execute();
  }

  /** Notes that the keys have changed, and that there are so many more of them. */
  noteChange(writer: Writer, { user_id, version }: BackupRow, more: number): Promise<BackupRow> {
    return tables(writer)
      .updateTable('key_backups')
      .set((is) => ({ key_count: is('key_count', '+', more), changes: is('changes', '+', 1) }))
      .where('user_id', '=', user_id)
      .where('version', '=', version)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  /** Deletes a user's backups up to a number, or from one to another, with all keys in them. */
  async deleteBackups(writer: Writer, userId: UserId, { from = 0, to }: { from?: number; to: number }): Promise<void> {
    for (const table of ['backed_up_keys', 'key_backups'] as const)
      await tables(writer)
        .deleteFrom(table)
        .where('user_id', '=', userId)
        .where('version', '>=', from)
        .where('version', '<=', to)
        .execute();
  }

  /** Forgets that a user ever had a backup. */
  async deleteOwner(writer: Writer, userId: UserId): Promise<void> {
    await tables(writer).deleteFrom('key_backup_owners').where('user_id', '=', userId).execute();
  }

  /** What a backup keeps for the sessions of these keys. Other keys of the same rooms may be among it. */
  async kept(writer: Writer, { user_id, version }: BackupRow, keys: readonly KeyRow[]): Promise<KeptKey[]> {
    const found: KeptKey[] = [];
    for (const some of inParts(keys)) {
      const kept = await tables(writer)
        .selectFrom('backed_up_keys')
        .select(['room_id', 'session_id', 'first_message_index', 'forwarded_count', 'is_verified'])
        .where('user_id', '=', user_id)
        .where('version', '=', version)
        .where('room_id', 'in', [...new Set(some.map((key) => key.room_id))])
        .where('session_id', 'in', [...new Set(some.map((key) => key.session_id))])
        .execute();
      found.push(...kept);
    }
    return found;
  }

  /** Writes keys over what stood there. */
  async upsertKeys(writer: Writer, keys: readonly KeyRow[]): Promise<void> {
    for (const some of inParts(keys))
      await tables(writer)
        .insertInto('backed_up_keys')
        .values(some)
        .onConflict((conflict) =>
          conflict.columns(['user_id', 'version', 'room_id', 'session_id']).doUpdateSet((row) => ({
            first_message_index: row.ref('excluded.first_message_index'),
            forwarded_count: row.ref('excluded.forwarded_count'),
            is_verified: row.ref('excluded.is_verified'),
            session_data: row.ref('excluded.session_data'),
          })),
        )
        .execute();
  }

  /** Resolves with how many there were. */
  async deleteKeys(writer: Writer, scope: KeyScope): Promise<number> {
    const { numDeletedRows } = await tables(writer)
      .deleteFrom('backed_up_keys')
      .where((is) => is.and(columnsOf(scope)))
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  /** The keys by room and session, a page at a time. */
  async *keys(scope: KeyScope): AsyncGenerator<readonly KeyRow[]> {
    let page = await this.#page(scope, undefined);
    yield page;
    while (page.length === PAGE) {
      page = await this.#page(scope, page.at(-1));
      yield page;
    }
  }

  #page(scope: KeyScope, after: KeyRow | undefined): Promise<KeyRow[]> {
    const keys = tables(this.#engine.reader)
      .selectFrom('backed_up_keys')
      .selectAll()
      .where((is) => is.and(columnsOf(scope)))
      .orderBy('room_id')
      .orderBy('session_id')
      .limit(PAGE);
    if (after === undefined) return keys.execute();
    return keys
      .where((is) => is(is.refTuple('room_id', 'session_id'), '>', is.tuple(after.room_id, after.session_id)))
      .execute();
  }
}

const columnsOf = ({ userId, version, roomId, sessionId }: KeyScope) => ({
  user_id: userId,
  version,
  ...(roomId === undefined ? {} : { room_id: roomId }),
  ...(sessionId === undefined ? {} : { session_id: sessionId }),
});

const inParts = (keys: readonly KeyRow[]): KeyRow[][] =>
  Array.from({ length: Math.ceil(keys.length / ROWS_AT_ONCE) }, (_, part) =>
    keys.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  );
