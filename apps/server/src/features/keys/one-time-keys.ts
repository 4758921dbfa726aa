import { isDeepStrictEqual } from 'node:util';
import { DomainError } from '@byline/protocol';
import type { ClaimableKeys } from '@byline/protocol/matrix/keys.ts';
import type { Batch } from '../../platform/log/batch.ts';
import { DeviceMemory, type DeviceName } from '../../platform/log/device-memory.ts';
import type { LogEntry, OneTimeKeysEntry, Unplaced } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { requireFittingClaimable } from './key-size.ts';
import type { Counts, Left, OneTimeKeyStore, StoredKey, Wanted } from './one-time-key-store.ts';

/** What of a device's one-time and fallback keys is left. */
export interface KeyCounts {
  /** By algorithm; `signed_curve25519` is always there (`device_one_time_keys_count`). */
  readonly oneTimeKeys: Readonly<Record<string, number>>;
  /** `device_unused_fallback_key_types`. */
  readonly unusedFallbackTypes: readonly string[];
}

/** What is left, and how it is told: the same object as long as nothing changes. */
interface Known {
  readonly left: Left;
  readonly counts: KeyCounts;
}

/** What a device uploads for others to claim. */
export interface UploadedKeys {
  readonly oneTimeKeys: ClaimableKeys;
  readonly fallbackKeys: ClaimableKeys;
}

type Change = Pick<OneTimeKeysEntry, 'added' | 'unusedFallback'>;

/** Many times what any client keeps: it could not keep the private halves of so many. */
const MOST_ONE_TIME_KEYS = 1_000;

/** One-time keys, each of which is given once, and fallback keys (specification: "One-time and fallback keys"). */
export class OneTimeKeys {
  readonly #store: OneTimeKeyStore;
  readonly #log: Log;
  readonly #memory: DeviceMemory<Known>;

  constructor({ store, log }: { readonly store: OneTimeKeyStore; readonly log: Log }) {
    this.#store = store;
    this.#log = log;
    this.#memory = new DeviceMemory(async (device) => {
      const { position, ...left } = await store.left(device);
      return { state: knownOf(left), position };
    });
    log.follow((entries) => this.#follow(entries));
  }

  /** At once for a device in use. */
  counts(device: DeviceName): KeyCounts | Promise<KeyCounts> {
    const known = this.#memory.of(device);
    return known instanceof Promise ? known.then(({ counts }) => counts) : known.counts;
  }

  /**
   * Keeps a device's keys, inside a decision of the log; how many one-time keys it has then, by algorithm. A key that is
   * there already is kept as it is. Throws `M_INVALID_PARAM` for another key under an id that is taken or several fallback keys
   * of one algorithm, `M_TOO_LARGE` for too many or too large ones.
   */
  async uploadInside(batch: Batch, device: DeviceName, { oneTimeKeys, fallbackKeys }: UploadedKeys): Promise<Counts> {
    for (const key of [...Object.values(oneTimeKeys), ...Object.values(fallbackKeys)]) requireFittingClaimable(key);
    const before = await batch.read((writer) => this.#store.counts(writer, device));
    const fresh = await this.#freshOf(batch, device, storedKeysOf(device, oneTimeKeys));
    const replacing = await this.#replacingOf(batch, device, storedKeysOf(device, fallbackKeys));
    const added = countsOf(fresh);
    const after = addedTo(before, added);
    if ([...after.values()].some((count) => count > MOST_ONE_TIME_KEYS)) throw tooMany();
    if (fresh.length === 0 && replacing.length === 0) return after;
    const unusedFallback = new Map(replacing.map(({ algorithm }) => [algorithm, true]));
    const { position } = place(batch, device, { added, unusedFallback });
    await batch.atOnce(async (writer) => {
      await this.#store.insert(writer, fresh, position);
      for (const key of replacing) await this.#store.upsertFallback(writer, key);
    });
    return after;
  }

  /** Takes a key of each device: its oldest one-time key, or else its fallback key. A device that has neither is left out. */
  async claim(wanted: readonly Wanted[]): Promise<readonly StoredKey[]> {
    if (wanted.length === 0) return [];
    return this.#log.append(async (batch) => {
      const taken = await batch.atOnce((writer) => this.#store.takeOldest(writer, wanted));
      const served = new Set(taken.map(nameOf));
      const fallbacks = await this.#useFallbacks(
        batch,
        wanted.filter((one) => !served.has(nameOf(one))),
      );
      for (const key of taken) place(batch, key, { added: new Map([[key.algorithm, -1]]), unusedFallback: NONE });
      return [...taken, ...fallbacks];
    });
  }

  /** Forgets all keys of a device, inside a decision of the log. */
  async discardInside(batch: Batch, device: DeviceName): Promise<void> {
    const { counts, fallbacks } = await batch.atOnce(async (writer) => ({
      counts: await this.#store.counts(writer, device),
      fallbacks: await this.#store.deleteAll(writer, device),
    }));
    if (counts.size === 0 && fallbacks.length === 0) return;
    const added = new Map([...counts].map(([algorithm, count]) => [algorithm, -count]));
    place(batch, device, { added, unusedFallback: new Map(fallbacks.map((algorithm) => [algorithm, false])) });
  }

  async #useFallbacks(batch: Batch, wanted: readonly Wanted[]): Promise<readonly StoredKey[]> {
    if (wanted.length === 0) return [];
    const found = await batch.read((writer) => this.#store.fallbacks(writer, wanted));
    const unused = found.filter((key) => !key.used);
    if (unused.length > 0) await batch.atOnce((writer) => this.#store.markUsed(writer, unused));
    for (const key of unused) place(batch, key, { added: NONE, unusedFallback: new Map([[key.algorithm, false]]) });
    return found;
  }

  async #freshOf(batch: Batch, device: DeviceName, keys: readonly StoredKey[]): Promise<readonly StoredKey[]> {
    if (keys.length === 0) return [];
    const ids = keys.map(({ keyId }) => keyId);
    const kept = await batch.read((writer) => this.#store.named(writer, device, ids));
    const byName = new Map(kept.map((key) => [keyNameOf(key), key]));
    return keys.filter((key) => {
      const present = byName.get(keyNameOf(key));
      if (present !== undefined && !isDeepStrictEqual(present.key, key.key)) throw taken();
      return present === undefined;
    });
  }

  async #replacingOf(batch: Batch, device: DeviceName, keys: readonly StoredKey[]): Promise<readonly StoredKey[]> {
    const algorithms = new Set(keys.map(({ algorithm }) => algorithm));
    if (algorithms.size < keys.length) throw severalFallbacks();
    if (keys.length === 0) return [];
    const wanted = [...algorithms].map((algorithm) => ({ ...device, algorithm }));
    const kept = await batch.read((writer) => this.#store.fallbacks(writer, wanted));
    // The same key once more is a request that was sent again; what was used of it stays used.
    return keys.filter(
      (key) => !kept.some((one) => keyNameOf(one) === keyNameOf(key) && isDeepStrictEqual(one.key, key.key)),
    );
  }

  #follow(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'one-time-keys') {
        this.#memory.change(entry, entry.position, ({ left }) => knownOf(countsAfter(left, entry)));
      }
    }
  }
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

const knownOf = (left: Left): Known => ({ left, counts: shown(left) });

const countsAfter = (before: Left, { added, unusedFallback }: Change): Left => {
  const kept = before.unusedFallbackTypes.filter((algorithm) => !unusedFallback.has(algorithm));
  const fresh = [...unusedFallback].filter(([, unused]) => unused).map(([algorithm]) => algorithm);
  return { oneTimeKeys: addedTo(before.oneTimeKeys, added), unusedFallbackTypes: [...kept, ...fresh] };
};

/** Clients tell "none are left" from "nothing is said" by the algorithm that they use. */
const shown = ({ oneTimeKeys, unusedFallbackTypes }: Left): KeyCounts => ({
  oneTimeKeys: { signed_curve25519: 0, ...Object.fromEntries([...oneTimeKeys].filter(([, count]) => count > 0)) },
  unusedFallbackTypes,
});

const addedTo = (before: Counts, added: Counts): Counts => {
  const after = new Map(before);
  for (const [algorithm, count] of added) after.set(algorithm, (after.get(algorithm) ?? 0) + count);
  return after;
};

const place = (batch: Batch, { userId, deviceId }: DeviceName, change: Change): OneTimeKeysEntry => {
  const unplaced: Unplaced<OneTimeKeysEntry> = { kind: 'one-time-keys', userId, deviceId, ...change };
  return batch.place<OneTimeKeysEntry>(unplaced);
};

const storedKeysOf = ({ userId, deviceId }: DeviceName, keys: ClaimableKeys): StoredKey[] =>
  Object.entries(keys).map(([name, key]) => {
    const colon = name.indexOf(':');
    return { userId, deviceId, algorithm: name.slice(0, colon), keyId: name.slice(colon + 1), key };
  });

const countsOf = (keys: readonly StoredKey[]): Counts =>
  new Map([...Map.groupBy(keys, ({ algorithm }) => algorithm)].map(([algorithm, { length }]) => [algorithm, length]));

const nameOf = ({ userId, deviceId }: DeviceName): string => `${userId} ${deviceId}`;

const keyNameOf = ({ algorithm, keyId }: StoredKey): string => `${algorithm}:${keyId}`;

const taken = (): DomainError =>
  new DomainError('M_INVALID_PARAM', 'This device has another one-time key of that id already.');

const severalFallbacks = (): DomainError =>
  new DomainError('M_INVALID_PARAM', 'A device may have one fallback key of each algorithm.');

const tooMany = (): DomainError => new DomainError('M_TOO_LARGE', 'This device keeps too many one-time keys here.');
