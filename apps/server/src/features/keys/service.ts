import { DomainError, type ServerName, type UserId } from '@byline/protocol';
import type { ClaimableKeys, Failures } from '@byline/protocol/matrix/keys.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import type { Session } from '../../platform/http/session.ts';
import type { DeviceName } from '../../platform/log/device-memory.ts';
import type { Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { Sessions } from '../sessions/service.ts';
import { type Confirm, CrossSigning, type CrossSigningUpload } from './cross-signing.ts';
import { DeviceListStore } from './device-list-store.ts';
import { type DeviceListChanges, DeviceLists, type Standings } from './device-lists.ts';
import { type AskedKeys, failuresOf, KeyQueries, type KeysOfUsers } from './key-queries.ts';
import { OneTimeKeyStore, type Wanted } from './one-time-key-store.ts';
import { type KeyCounts, OneTimeKeys } from './one-time-keys.ts';
import { PublishedKeyStore } from './published-key-store.ts';
import { type DeviceUpload, PublishedKeys } from './published-keys.ts';
import { type SignatureFailures, Signatures, type SignedKeys } from './signatures.ts';

export type { DeviceListChanges, Standings } from './device-lists.ts';
export type { KeyCounts } from './one-time-keys.ts';

/** What /sync and sliding sync ask of keys (specification, client-server API: "Extensions to /sync" of end-to-end encryption). */
export interface KeySource {
  /** Exact between two positions of the log, also of before a restart. */
  deviceListsBetween(userId: UserId, since: Position, upTo: Position): Promise<DeviceListChanges>;
  /** At once for a device in use. Every answer to a device tells them: some clients take their absence for zero. */
  counts(device: DeviceName): KeyCounts | Promise<KeyCounts>;
}

export interface KeyParts {
  readonly engine: Engine;
  readonly log: Log;
  readonly tail: Tail;
  readonly conversations: RoomGraph;
  readonly sessions: Pick<Sessions, 'signedIn' | 'devices'>;
  readonly serverName: ServerName;
  readonly standingsOf: (userId: UserId) => Promise<Standings>;
  readonly confirm: Confirm;
}

/** Which keys of which devices are to be taken, by algorithm. */
export type Claims = Readonly<Partial<Record<UserId, Readonly<Partial<Record<string, string>>>>>>;

/** The keys of devices and users (specification, client-server API: "End-to-End Encryption"). */
export class Keys implements KeySource {
  readonly #log: Log;
  readonly #serverName: ServerName;
  readonly #published: PublishedKeys;
  readonly #oneTimeKeys: OneTimeKeys;
  readonly #crossSigning: CrossSigning;
  readonly #signatures: Signatures;
  readonly #queries: KeyQueries;
  readonly #lists: DeviceLists;

  constructor(parts: KeyParts) {
    const { engine, log, serverName } = parts;
    const store = new PublishedKeyStore(engine.reader);
    this.#log = log;
    this.#serverName = serverName;
    this.#lists = new DeviceLists({ ...parts, store: new DeviceListStore(engine.reader) });
    this.#oneTimeKeys = new OneTimeKeys({ store: new OneTimeKeyStore(engine.reader), log });
    const shared = { ...parts, store, lists: this.#lists };
    this.#published = new PublishedKeys({ ...shared, oneTimeKeys: this.#oneTimeKeys });
    this.#crossSigning = new CrossSigning(shared);
    this.#signatures = new Signatures(shared);
    this.#queries = new KeyQueries(shared);
  }

  /** See `PublishedKeys.upload`. */
  upload(device: DeviceName, upload: DeviceUpload): Promise<ReadonlyMap<string, number>> {
    return this.#published.upload(device, upload);
  }

  /** See `KeyQueries.query`. */
  query(viewer: UserId, asked: AskedKeys): Promise<KeysOfUsers> {
    return this.#queries.query(viewer, asked);
  }

  /** Takes a key of each device that is asked for; those that have none left, and unknown ones, are not in the answer. */
  async claim(claims: Claims): Promise<{ keys: Record<string, Record<string, ClaimableKeys>>; failures: Failures }> {
    const wanted = wantedOf(claims);
    const keys: Record<string, Record<string, ClaimableKeys>> = {};
    for (const { userId, deviceId, algorithm, keyId, key } of await this.#oneTimeKeys.claim(wanted)) {
      (keys[userId] ??= {})[deviceId] = { [`${algorithm}:${keyId}`]: key };
    }
    return { keys, failures: failuresOf(Object.keys(claims) as UserId[], this.#serverName) };
  }

  /** Whose devices are to be looked at again between two tokens. Throws `M_INVALID_PARAM` where they are not in order. */
  async changes(userId: UserId, from: Position, to: Position): Promise<DeviceListChanges> {
    if (from > to || from > this.#log.position)
      throw new DomainError('M_INVALID_PARAM', '"from" must not be later than "to".');
    return this.#lists.between(userId, from, Math.min(to, this.#log.position));
  }

  /** See `CrossSigning.upload`. */
  uploadCrossSigning(session: Session, body: CrossSigningUpload): Promise<void> {
    return this.#crossSigning.upload(session, body);
  }

  /** See `Signatures.upload`. */
  uploadSignatures(userId: UserId, keys: SignedKeys): Promise<SignatureFailures> {
    return this.#signatures.upload(userId, keys);
  }

  deviceListsBetween(userId: UserId, since: Position, upTo: Position): Promise<DeviceListChanges> {
    return this.#lists.between(userId, since, upTo);
  }

  counts(device: DeviceName): KeyCounts | Promise<KeyCounts> {
    return this.#oneTimeKeys.counts(device);
  }

  /** Forgets the keys of a device that is signed out for good, and tells those who know it. */
  forgetDevice(device: DeviceName): Promise<void> {
    return this.#published.forgetDevice(device);
  }

  /** Forgets the keys of a user whose account is closed, and tells those who know them. */
  forgetUser(userId: UserId): Promise<void> {
    return this.#crossSigning.forget(userId);
  }
}

const wantedOf = (claims: Claims): Wanted[] =>
  Object.entries(claims).flatMap(([userId, ofUser]) =>
    Object.entries(ofUser ?? {}).flatMap(([deviceId, algorithm]) =>
      algorithm === undefined
        ? []
        : [{ userId: userId as UserId, deviceId: deviceId as Wanted['deviceId'], algorithm }],
    ),
  );
