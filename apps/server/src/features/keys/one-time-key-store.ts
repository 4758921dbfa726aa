import type { DeviceId, UserId } from '@byline/protocol';
import type { ClaimableKey } from '@byline/protocol/matrix/keys.ts';
import { sql } from 'kysely';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { DeviceName } from '../../platform/log/device-memory.ts';
import type { Position } from '../../platform/log/entry.ts';

interface KeyRow {
  user_id: UserId;
  device_id: DeviceId;
  algorithm: string;
  key_id: string;
  key: string;
}

type Tables = {
  one_time_keys: KeyRow & { position: Position };
  fallback_keys: KeyRow & { used: number };
};

/** A key that may be claimed of a device. */
export interface StoredKey extends DeviceName {
  readonly algorithm: string;
  readonly keyId: string;
  readonly key: ClaimableKey;
}

export interface FallbackKey extends StoredKey {
  readonly used: boolean;
}

/** Of which device a key of which algorithm is wanted. */
export interface Wanted extends DeviceName {
  readonly algorithm: string;
}

/** By algorithm. */
export type Counts = ReadonlyMap<string, number>;

/** What of a device's keys is left. */
export interface Left {
  readonly oneTimeKeys: Counts;
  readonly unusedFallbackTypes: readonly string[];
}

/** Rows in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const ROWS_AT_ONCE = 500;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** The SQL of one-time and fallback keys. */
export class OneTimeKeyStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** One-time keys of a device that have one of these ids. */
  async named(writer: Writer, { userId, deviceId }: DeviceName, keyIds: readonly string[]): Promise<StoredKey[]> {
    const found: StoredKey[] = [];
    for (const part of partsOf(keyIds)) {
      const rows = await tables(writer)
        .selectFrom('one_time_keys')
        .selectAll()
        .where('user_id', '=', userId)
        .where('device_id', '=', deviceId)
        .where('key_id', 'in', part)
        .execute();
      found.push(...rows.map(keyOf));
    }
    return found;
  }

  async insert(writer: Writer, keys: readonly StoredKey[], position: Position): Promise<void> {
    for (const part of partsOf(keys)) {
      await tables(writer)
        .insertInto('one_time_keys')
        .values(part.map((key) => ({ ...rowOf(key), position })))
        .execute();
    }
  }

  async counts(writer: Writer, { userId, deviceId }: DeviceName): Promise<Counts> {
    const rows = await tables(writer)
      .selectFrom('one_time_keys')
      .select((keys) => ['algorithm', keys.fn.countAll().as('count')] as const)
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .groupBy('algorithm')
      .execute();
    return new Map(rows.map((row) => [row.algorithm, Number(row.count)]));
  }

  /** What is left, and the position of the log then: one statement, so that it is one snapshot. */
  async left({ userId, deviceId }: DeviceName): Promise<Left & { readonly position: Position }> {
    const { rows } = await sql<{
      position: Position;
      kind: 'one-time' | 'fallback' | null;
      algorithm: string;
      count: number;
    }>`
      select log_head.position, kept.kind, kept.algorithm, kept.count from log_head left join (
        select 'one-time' as kind, algorithm, count(*) as count from one_time_keys
        where user_id = ${userId} and device_id = ${deviceId} group by algorithm
        union all
        select 'fallback' as kind, algorithm, 1 as count from fallback_keys
        where user_id = ${userId} and device_id = ${deviceId} and used = 0
      ) as kept on 1 = 1`.execute(this.#reader);
    const ofKind = (kind: string) => rows.filter((row) => row.kind === kind);
    return {
      oneTimeKeys: new Map(ofKind('one-time').map((row) => [row.algorithm, row.count])),
      unusedFallbackTypes: ofKind('fallback').map((row) => row.algorithm),
      position: rows[0]?.position ?? 0,
    };
  }

  /** Takes the oldest key of each that is wanted; where there is none, nothing. */
  async takeOldest(writer: Writer, wanted: readonly Wanted[]): Promise<StoredKey[]> {
    const taken: StoredKey[] = [];
    for (const part of partsOf(wanted)) {
      const { rows } = await sql<KeyRow>`
        with wanted (user_id, device_id, algorithm) as (values ${valuesOf(part)})
        delete from one_time_keys where (user_id, device_id, algorithm, key_id) in (
          select wanted.user_id, wanted.device_id, wanted.algorithm, (
            select kept.key_id from one_time_keys as kept
            where kept.user_id = wanted.user_id and kept.device_id = wanted.device_id and kept.algorithm = wanted.algorithm
            order by kept.position, kept.key_id limit 1
          ) from wanted
        ) returning user_id, device_id, algorithm, key_id, key`.execute(writer);
      taken.push(...rows.map(keyOf));
    }
    return taken;
  }

  async fallbacks(writer: Writer, wanted: readonly Wanted[]): Promise<FallbackKey[]> {
    const found: FallbackKey[] = [];
    for (const part of partsOf(wanted)) {
      const { rows } = await sql<Tables['fallback_keys']>`
        select * from fallback_keys where (user_id, device_id, algorithm) in (values ${valuesOf(part)})`.execute(
        writer,
      );
      found.push(...rows.map((row) => ({ ...keyOf(row), used: row.used !== 0 })));
    }
    return found;
  }

  async markUsed(writer: Writer, keys: readonly Wanted[]): Promise<void> {
    for (const part of partsOf(keys)) {
      await sql`
        update fallback_keys set used = 1
        where (user_id, device_id, algorithm) in (values ${valuesOf(part)})`.execute(writer);
    }
  }

  /** Puts an unused fallback key in the place of the one that the device had. */
  async upsertFallback(writer: Writer, key: StoredKey): Promise<void> {
    const row = rowOf(key);
    await tables(writer)
      .insertInto('fallback_keys')
      .values({ ...row, used: 0 })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'device_id', 'algorithm']).doUpdateSet({
          key_id: row.key_id,
          key: row.key,
          used: 0,
        }),
      )
      .execute();
  }

  /** Resolves with the algorithms of the fallback keys that are gone. */
  async deleteAll(writer: Writer, { userId, deviceId }: DeviceName): Promise<readonly string[]> {
    await tables(writer)
      .deleteFrom('one_time_keys')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .execute();
    const fallbacks = await tables(writer)
      .deleteFrom('fallback_keys')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .returning('algorithm')
      .execute();
    return fallbacks.map((row) => row.algorithm);
  }
}

const rowOf = ({ userId, deviceId, algorithm, keyId, key }: StoredKey): KeyRow => ({
  user_id: userId,
  device_id: deviceId,
  algorithm,
  key_id: keyId,
  key: JSON.stringify(key),
});

const keyOf = (row: KeyRow): StoredKey => ({
  userId: row.user_id,
  deviceId: row.device_id,
  algorithm: row.algorithm,
  keyId: row.key_id,
  key: JSON.parse(row.key) as ClaimableKey,
});

const valuesOf = (wanted: readonly Wanted[]) =>
  sql.join(wanted.map(({ userId, deviceId, algorithm }) => sql`(${userId}, ${deviceId}, ${algorithm})`));

function* partsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
