import { isBetterKey, type KeyMetadata } from '@byline/core/key-backup/better-key.ts';
import { DomainError, type JsonObject, type RoomId, type UserId } from '@byline/protocol';
import type { BackedUpKey, Backup } from '@byline/protocol/matrix/key-backup.ts';
import type { BackupRow, KeptKey, KeyBackupStore, KeyRow, KeyScope } from './store.ts';

/** A key, and which session of which room it is of. */
export interface PlacedKey {
  readonly roomId: RoomId;
  readonly sessionId: string;
  readonly key: BackedUpKey;
}

/** How a backup is sealed, for the clients alone to understand. */
interface Sealing {
  readonly algorithm: string;
  readonly auth_data: JsonObject;
}

/** Which keys of a backup are meant: all, a room's, or a session's. `version` is as the client says it. */
export interface Scope {
  readonly version: string;
  readonly roomId?: RoomId;
  readonly sessionId?: string;
}

type Contents = Pick<Backup, 'count' | 'etag'>;

const LARGEST_AUTH_DATA_BYTES = 65_536;
/** A sealed key has about one KiB. */
const LARGEST_SESSION_DATA_BYTES = 32_768;
const MOST_KEYS = 200_000;
/** Clients may leave old backups behind when they begin a new one; nobody could delete them by hand. */
const MOST_BACKUPS = 20;

/** Session keys that users keep here, sealed, for their next device (specification, client-server API: "Server-side key backups"). */
export class KeyBackups {
  readonly #store: KeyBackupStore;

  constructor(store: KeyBackupStore) {
    this.#store = store;
  }

  /** Begins a backup, which is the newest then, and gives its version. Throws `M_TOO_LARGE`. */
  async create(userId: UserId, { algorithm, auth_data }: Sealing): Promise<string> {
    const version = await this.#store.create({ user_id: userId, algorithm, auth_data: authDataText(auth_data) });
    if (version > MOST_BACKUPS)
      await this.#store.whileLocked(userId, (writer) =>
        this.#store.deleteBackups(writer, userId, { to: version - MOST_BACKUPS }),
      );
    return String(version);
  }

  /** The newest backup. Throws `M_NOT_FOUND`. */
  async current(userId: UserId): Promise<Backup> {
    return backupOf(found(await this.#store.current(userId)));
  }

  /** Throws `M_NOT_FOUND`. */
  async backup(userId: UserId, version: string): Promise<Backup> {
    return backupOf(found(await this.#store.find(userId, numberOf(version))));
  }

  /** Throws `M_NOT_FOUND`, `M_INVALID_PARAM`, `M_TOO_LARGE`. */
  async update(
    userId: UserId,
    version: string,
    body: Sealing & { readonly version?: string | undefined },
  ): Promise<void> {
    if (body.version !== undefined && body.version !== version)
      throw new DomainError('M_INVALID_PARAM', '"version" is not the backup that the address names.');
    const authData = authDataText(body.auth_data);
    await this.#store.whileLocked(userId, async (writer) => {
      const backup = found(await this.#store.find(userId, numberOf(version), writer));
      if (backup.algorithm !== body.algorithm)
        throw new DomainError('M_INVALID_PARAM', 'The algorithm of a backup can not be changed.');
      await this.#store.setAuthData(writer, userId, backup.version, authData);
    });
  }

  /** Deletes a backup and all keys in it. One that was deleted before is no fault. Throws `M_NOT_FOUND`. */
  async delete(userId: UserId, version: string): Promise<void> {
    const number = numberOf(version);
    await this.#store.whileLocked(userId, async (writer, lastVersion) => {
      if (number === NO_VERSION || number > lastVersion) throw noBackup();
      await this.#store.deleteBackups(writer, userId, { from: number, to: number });
    });
  }

  /**
   * Backs keys up, all or none; where there is a key of a session already, the better one is kept.
   * Throws `M_WRONG_ROOM_KEYS_VERSION` unless it is the newest backup, `M_NOT_FOUND` when there is none, `M_TOO_LARGE`.
   */
  async put(userId: UserId, version: string, keys: readonly PlacedKey[]): Promise<Contents> {
    const offered = keys.map((placed) => rowOf(userId, numberOf(version), placed));
    return this.#store.whileLocked(userId, async (writer) => {
      const backup = found(await this.#store.current(userId, writer));
      if (backup.version !== numberOf(version)) throw wrongVersion(backup);
      const kept = new Map((await this.#store.kept(writer, backup, offered)).map((key) => [placeOf(key), key]));
      const better = offered.filter((key) => {
        const before = kept.get(placeOf(key));
        return before === undefined || isBetterKey(metadataOf(key), metadataOf(before));
      });
      if (better.length === 0) return contentsOf(backup);
      const more = better.filter((key) => !kept.has(placeOf(key))).length;
      if (backup.key_count + more > MOST_KEYS)
        throw new DomainError('M_TOO_LARGE', 'This backup is full. Please begin a new one.');
      await this.#store.upsertKeys(writer, better);
      return contentsOf(await this.#store.noteChange(writer, backup, more));
    });
  }

  /** Deletes keys. That there are none is no fault. Throws `M_NOT_FOUND` when there is no such backup. */
  async deleteKeys(userId: UserId, { version, ...which }: Scope): Promise<Contents> {
    return this.#store.whileLocked(userId, async (writer) => {
      const backup = found(await this.#store.find(userId, numberOf(version), writer));
      const deleted = await this.#store.deleteKeys(writer, { ...which, userId, version: backup.version });
      return contentsOf(deleted === 0 ? backup : await this.#store.noteChange(writer, backup, -deleted));
    });
  }

  /** The key of one session. Throws `M_NOT_FOUND`. */
  async key(userId: UserId, scope: Required<Scope>): Promise<BackedUpKey> {
    for await (const [row] of this.#store.keys(scopeOf(userId, scope))) if (row !== undefined) return keyOf(row);
    throw new DomainError('M_NOT_FOUND', 'There is no such key in the backup.');
  }

  /**
   * Keys by room and session, as text: what is kept is JSON already, and a backup may hold very many.
   * Throws `M_NOT_FOUND` when there is no such backup.
   */
  async keysText(userId: UserId, scope: Scope): Promise<ReadonlyMap<RoomId, string>> {
    const rooms = new Map<RoomId, string[]>();
    for await (const page of this.#store.keys(scopeOf(userId, scope)))
      for (const row of page) {
        const sessions = rooms.get(row.room_id);
        if (sessions === undefined) rooms.set(row.room_id, [sessionText(row)]);
        else sessions.push(sessionText(row));
      }
    // Asked for after the keys were read, so that what is deleted meanwhile is not half a backup.
    found(await this.#store.find(userId, numberOf(scope.version)));
    return new Map([...rooms].map(([roomId, sessions]) => [roomId, sessionsText(sessions)]));
  }

  /** Forgets all backups of somebody who closed their account: nobody can ever read them again. */
  async forget(userId: UserId): Promise<void> {
    await this.#store.whileLocked(userId, async (writer, lastVersion) => {
      await this.#store.deleteBackups(writer, userId, { to: lastVersion });
      await this.#store.deleteOwner(writer, userId);
    });
  }
}

/** What `keysText` gives of a room, also where there is no key. */
export const sessionsText = (sessions: readonly string[]): string => `{"sessions":{${sessions.join(',')}}}`;

const sessionText = (row: KeyRow): string =>
  `${JSON.stringify(row.session_id)}:{"first_message_index":${row.first_message_index},` +
  `"forwarded_count":${row.forwarded_count},"is_verified":${row.is_verified === 1},"session_data":${row.session_data}}`;

const NO_VERSION = 0;

/** A version is opaque to clients, so one that was never given is not bad, but unknown. */
const numberOf = (version: string): number => (/^[1-9]\d{0,14}$/.test(version) ? Number(version) : NO_VERSION);

const scopeOf = (userId: UserId, { version, ...which }: Scope): KeyScope => ({
  ...which,
  userId,
  version: numberOf(version),
});

const authDataText = (authData: JsonObject): string => {
  const text = JSON.stringify(authData);
  if (Buffer.byteLength(text) > LARGEST_AUTH_DATA_BYTES)
    throw new DomainError('M_TOO_LARGE', '"auth_data" may have at most 64 KiB.');
  return text;
};

const rowOf = (userId: UserId, version: number, { roomId, sessionId, key }: PlacedKey): KeyRow => {
  const sessionData = JSON.stringify(key.session_data);
  if (Buffer.byteLength(sessionData) > LARGEST_SESSION_DATA_BYTES)
    throw new DomainError('M_TOO_LARGE', '"session_data" may have at most 32 KiB.');
  return {
    user_id: userId,
    version,
    room_id: roomId,
    session_id: sessionId,
    first_message_index: key.first_message_index,
    forwarded_count: key.forwarded_count,
    is_verified: key.is_verified ? 1 : 0,
    session_data: sessionData,
  };
};

/** What is kept is JSON of an object that came through the door. */
const keyOf = (row: KeyRow): BackedUpKey => ({
  ...metadataOf(row),
  session_data: JSON.parse(row.session_data) as JsonObject,
});

const metadataOf = ({ first_message_index, forwarded_count, is_verified }: KeptKey): KeyMetadata => ({
  first_message_index,
  forwarded_count,
  is_verified: is_verified === 1,
});

const placeOf = ({ room_id, session_id }: KeptKey): string => JSON.stringify([room_id, session_id]);

const contentsOf = ({ key_count, changes }: BackupRow): Contents => ({ count: key_count, etag: String(changes) });

const backupOf = (row: BackupRow): Backup => ({
  ...contentsOf(row),
  algorithm: row.algorithm,
  auth_data: JSON.parse(row.auth_data) as JsonObject,
  version: String(row.version),
});

const found = (backup: BackupRow | undefined): BackupRow => {
  if (backup === undefined) throw noBackup();
  return backup;
};

const noBackup = (): DomainError => new DomainError('M_NOT_FOUND', 'You have no such backup.');

const wrongVersion = ({ version }: BackupRow): DomainError =>
  new DomainError('M_WRONG_ROOM_KEYS_VERSION', 'Keys can be added only to the newest backup.', {
    current_version: String(version),
  });
