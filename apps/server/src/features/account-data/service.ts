import { DomainError, type JsonObject, type RoomId, type UserId } from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';
import type { AccountDataEntry, Position, Unplaced } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { requireRoomFor, requireSmallEntry } from './limits.ts';
import type { AccountDataStore } from './store.ts';

/** Whose data it is: a user's own, of the account (`roomId` null) or of one room. */
export interface AccountDataKey {
  readonly userId: UserId;
  readonly roomId: RoomId | null;
  readonly type: string;
}

/** The server keeps these itself (specification, client-server API: "Client Config"). */
const SERVER_MANAGED: ReadonlySet<string> = new Set(['m.fully_read', 'm.push_rules']);

/** Whether clients may only read data of this type. */
export const isServerManaged = (type: string): boolean => SERVER_MANAGED.has(type);

/** Data that users keep here for their own devices. */
export class AccountData {
  readonly #store: AccountDataStore;
  readonly #log: Log;

  constructor(parts: { readonly store: AccountDataStore; readonly log: Log }) {
    this.#store = parts.store;
    this.#log = parts.log;
  }

  /** Throws `M_NOT_FOUND`. */
  async get(key: AccountDataKey): Promise<JsonObject> {
    const content = await this.find(key);
    if (content === undefined) throw new DomainError('M_NOT_FOUND', 'You keep nothing of that type here.');
    return content;
  }

  /** `undefined`: there is none. */
  find({ userId, roomId, type }: AccountDataKey): Promise<JsonObject | undefined> {
    return this.#store.find(userId, roomId, type);
  }

  /** The same as `set` for what a client wants kept. Throws `M_TOO_LARGE`. */
  async keep(key: AccountDataKey, content: JsonObject): Promise<void> {
    requireSmallEntry(content);
    await this.requireRoom(key, content);
    await this.set(key, content);
  }

  /** Throws `M_TOO_LARGE` when there is no room for it beside what else the user keeps. */
  async requireRoom(key: AccountDataKey, content: JsonObject): Promise<void> {
    requireRoomFor(content, await this.#store.keptBeside(key));
  }

  /** Writes over what stood there, and tells the user's devices. */
  async set(key: AccountDataKey, content: JsonObject): Promise<void> {
    await this.#log.append((batch) => this.place(batch, { ...key, content }));
  }

  /** The same inside a decision of the log. It can't fail. */
  place(batch: Batch, data: AccountDataKey & { readonly content: JsonObject }): AccountDataEntry {
    const { userId, roomId, type, content } = data;
    const unplaced: Unplaced<AccountDataEntry> = { kind: 'account-data', userId, roomId, type, content };
    const entry = batch.place<AccountDataEntry>(unplaced);
    batch.gather(this.#store.upsert, entry);
    this.#placedIn(batch).set(keyText(data), content);
    return entry;
  }

  /** Changes what stands there, so that two changes at once lose nothing. `change` gets an empty object where there was none. */
  async change(key: AccountDataKey, change: (before: JsonObject) => JsonObject): Promise<void> {
    await this.#log.append(async (batch) => {
      const placed = this.#placedIn(batch).get(keyText(key));
      const before = placed ?? (await this.#findIn(batch, key)) ?? {};
      this.place(batch, { ...key, content: change(before) });
    });
  }

  /** All that a user keeps here, in the order in which it was written. */
  all(userId: UserId): Promise<readonly AccountDataEntry[]> {
    return this.#store.since(userId, -1);
  }

  /** What of it was written after `position`. */
  since(userId: UserId, position: Position): Promise<readonly AccountDataEntry[]> {
    return this.#store.since(userId, position);
  }

  /** Forgets all that a user kept here. */
  erase(userId: UserId): Promise<void> {
    return this.#store.deleteAll(userId);
  }

  #findIn(batch: Batch, { userId, roomId, type }: AccountDataKey): Promise<JsonObject | undefined> {
    return batch.atOnce((writer) => this.#store.find(userId, roomId, type, writer));
  }

  /** What this batch wrote already, which no query finds yet. */
  #placedIn(batch: Batch): Map<string, JsonObject> {
    return batch.staged(this, () => new Map<string, JsonObject>());
  }
}

const keyText = ({ userId, roomId, type }: AccountDataKey): string => JSON.stringify([userId, roomId, type]);

/** Throws `M_FORBIDDEN` unless both are the same. */
export const requireOwn = (caller: UserId, userId: UserId): void => {
  if (caller !== userId) throw new DomainError('M_FORBIDDEN', 'You can reach only what is your own.');
};
