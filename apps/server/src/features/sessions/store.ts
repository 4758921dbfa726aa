import type { DeviceId, UserId } from '@byline/protocol';
import type { ExpressionBuilder } from 'kysely';
import type { Engine, Reader, Writer } from '../../platform/engine/engine.ts';

export interface DeviceRow {
  user_id: UserId;
  device_id: DeviceId;
  display_name: string | null;
  created_at: number;
  last_seen_at: number;
  is_guest: 0 | 1;
}

/** An access token, known by its hash, and the refresh token that was given with it. */
export interface TokenRow {
  token_hash: string;
  user_id: UserId;
  device_id: DeviceId;
  created_at: number;
  /** `null`: it does not expire. */
  expires_at: number | null;
  refresh_hash: string | null;
  refresh_expires_at: number | null;
  /** The token that this one was exchanged for; it goes when this one is first used. */
  replaces: string | null;
}

type Tables = {
  devices: DeviceRow;
  access_tokens: TokenRow;
};

/** A device that is signed in. */
export interface SignedInDevice {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly displayName: string | null;
}

/** Users in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const USERS_AT_ONCE = 500;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

const hasToken = (devices: ExpressionBuilder<Tables, 'devices'>) =>
  devices.exists(
    devices
      .selectFrom('access_tokens')
      .select('access_tokens.token_hash')
      .whereRef('access_tokens.user_id', '=', 'devices.user_id')
      .whereRef('access_tokens.device_id', '=', 'devices.device_id'),
  );

/** All SQL of devices and tokens. */
export class SessionStore {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Gives a device a token, and takes away those that it had. A known device keeps its name. Resolves with the hashes that are gone. */
  open(device: DeviceRow, token: TokenRow): Promise<readonly string[]> {
    return this.#engine.transaction(async (writer) => {
      await tables(writer)
        .insertInto('devices')
        .values(device)
        .onConflict((conflict) =>
          conflict.columns(['user_id', 'device_id']).doUpdateSet({ last_seen_at: device.last_seen_at }),
        )
        .execute();
      const gone = await tables(writer)
        .deleteFrom('access_tokens')
        .where('user_id', '=', device.user_id)
        .where('device_id', '=', device.device_id)
        .returning('token_hash')
        .execute();
      await tables(writer).insertInto('access_tokens').values(token).execute();
      return hashesOf(gone);
    });
  }

  /** The token, and what is to be known of its device. */
  findToken(hash: string): Promise<(TokenRow & Pick<DeviceRow, 'last_seen_at' | 'is_guest'>) | undefined> {
    return tables(this.#engine.reader)
      .selectFrom('access_tokens')
      .innerJoin('devices', (join) =>
        join
          .onRef('devices.user_id', '=', 'access_tokens.user_id')
          .onRef('devices.device_id', '=', 'access_tokens.device_id'),
      )
      .selectAll('access_tokens')
      .select(['devices.last_seen_at', 'devices.is_guest'])
      .where('token_hash', '=', hash)
      .executeTakeFirst();
  }

  /**
   * Exchanges a refresh token: `decide` gets the token that it came with and says what succeeds it. Earlier successors of it,
   * which can't have arrived, and what it had itself succeeded, are gone then. Resolves with the hashes that are gone.
   */
  exchange(refreshHash: string, decide: (token: TokenRow | undefined) => TokenRow): Promise<readonly string[]> {
    return this.#engine.transaction(async (writer) => {
      // A write first: it takes the row's lock, so that of two exchanges at once one sees the other's successor.
      const token = await tables(writer)
        .updateTable('access_tokens')
        .set({ refresh_hash: refreshHash })
        .where('refresh_hash', '=', refreshHash)
        .returningAll()
        .executeTakeFirst();
      const successor = decide(token);
      const gone = await tables(writer)
        .deleteFrom('access_tokens')
        .where((is) =>
          is.or([is('replaces', '=', token?.token_hash ?? ''), is('token_hash', '=', token?.replaces ?? '')]),
        )
        .returning('token_hash')
        .execute();
      await tables(writer).insertInto('access_tokens').values(successor).execute();
      return hashesOf(gone);
    });
  }

  /** A token that succeeds another was used, so that other one is not needed any more. */
  async retirePredecessor(hash: string, predecessor: string): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      await tables(writer).deleteFrom('access_tokens').where('token_hash', '=', predecessor).execute();
      await tables(writer)
        .updateTable('access_tokens')
        .set({ replaces: null })
        .where('token_hash', '=', hash)
        .execute();
    });
  }

  /** Ends the tokens of devices. Resolves with the hashes that are gone, and which of these devices there are. */
  async deleteTokens(
    userId: UserId,
    deviceIds: readonly DeviceId[],
  ): Promise<{ readonly tokens: readonly string[]; readonly devices: readonly DeviceId[] }> {
    if (deviceIds.length === 0) return { tokens: [], devices: [] };
    return this.#engine.transaction(async (writer) => {
      const gone = await tables(writer)
        .deleteFrom('access_tokens')
        .where('user_id', '=', userId)
        .where('device_id', 'in', deviceIds)
        .returning('token_hash')
        .execute();
      const devices = await tables(writer)
        .selectFrom('devices')
        .select('device_id')
        .where('user_id', '=', userId)
        .where('device_id', 'in', deviceIds)
        .execute();
      return { tokens: hashesOf(gone), devices: devices.map((row) => row.device_id) };
    });
  }

  /** Forgets devices, but for those that somebody signed in as again meanwhile. */
  async deleteSignedOut(userId: UserId, deviceIds: readonly DeviceId[]): Promise<void> {
    if (deviceIds.length === 0) return;
    await this.#engine.transaction((writer) =>
      tables(writer)
        .deleteFrom('devices')
        .where('user_id', '=', userId)
        .where('device_id', 'in', deviceIds)
        .where((devices) => devices.not(hasToken(devices)))
        .execute(),
    );
  }

  /** The devices of users that have a token. */
  async signedIn(userIds: readonly UserId[], writer?: Writer): Promise<SignedInDevice[]> {
    const found: SignedInDevice[] = [];
    for (let start = 0; start < userIds.length; start += USERS_AT_ONCE) {
      const rows = await tables(writer ?? this.#engine.reader)
        .selectFrom('devices')
        .select(['user_id as userId', 'device_id as deviceId', 'display_name as displayName'])
        .where('user_id', 'in', userIds.slice(start, start + USERS_AT_ONCE))
        .where(hasToken)
        .execute();
      found.push(...rows);
    }
    return found;
  }

  devices(userId: UserId): Promise<DeviceRow[]> {
    return tables(this.#engine.reader)
      .selectFrom('devices')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('device_id')
      .execute();
  }

  /** Tells whether there is such a device. */
  async rename(userId: UserId, deviceId: DeviceId, name: string | undefined): Promise<boolean> {
    const renamed = await this.#engine.transaction((writer) =>
      tables(writer)
        .updateTable('devices')
        .set(name === undefined ? { device_id: deviceId } : { display_name: name })
        .where('user_id', '=', userId)
        .where('device_id', '=', deviceId)
        .executeTakeFirstOrThrow(),
    );
    return renamed.numUpdatedRows > 0n;
  }

  async writeLastSeen(seen: readonly Pick<DeviceRow, 'user_id' | 'device_id' | 'last_seen_at'>[]): Promise<void> {
    await this.#engine.transaction(async (writer) => {
      for (const { user_id, device_id, last_seen_at } of seen) {
        await tables(writer)
          .updateTable('devices')
          .set({ last_seen_at })
          .where('user_id', '=', user_id)
          .where('device_id', '=', device_id)
          .execute();
      }
    });
  }
}

const hashesOf = (rows: readonly Pick<TokenRow, 'token_hash'>[]): string[] => rows.map((row) => row.token_hash);
