import { publicKeyOf, type CrossSigningKeys, type CrossSigningUsage } from '@byline/core/keys/cross-signing-keys.ts';
import { mergedSignatures, visibleSignatures } from '@byline/core/keys/visible-signatures.ts';
import { type JsonObject, type ServerName, serverOf, type UserId } from '@byline/protocol';
import type { DeviceKeys, Failures, Signatures } from '@byline/protocol/matrix/keys.ts';
import type { Sessions } from '../sessions/service.ts';
import type { LaterSignature, PublishedKeyStore } from './published-key-store.ts';

/** Which devices of which users are asked for; none: all of them. */
export type AskedKeys = Readonly<Partial<Record<UserId, readonly string[]>>>;

export interface KeysOfUsers {
  readonly device_keys: Record<string, Record<string, JsonObject>>;
  readonly master_keys: Record<string, JsonObject>;
  readonly self_signing_keys: Record<string, JsonObject>;
  readonly user_signing_keys: Record<string, JsonObject>;
  readonly failures: Failures;
}

interface QueryParts {
  readonly store: PublishedKeyStore;
  readonly sessions: Pick<Sessions, 'signedIn'>;
  readonly serverName: ServerName;
}

/** What users publish, as one of them may see it (specification: `POST /keys/query`). */
export class KeyQueries {
  readonly #store: PublishedKeyStore;
  readonly #sessions: QueryParts['sessions'];
  readonly #serverName: ServerName;

  constructor({ store, sessions, serverName }: QueryParts) {
    this.#store = store;
    this.#sessions = sessions;
    this.#serverName = serverName;
  }

  async query(viewer: UserId, asked: AskedKeys): Promise<KeysOfUsers> {
    const all = Object.keys(asked) as UserId[];
    const userIds = all.filter((userId) => serverOf(userId) === this.#serverName);
    const [devices, keys, crossSigning, later] = await Promise.all([
      this.#sessions.signedIn(userIds),
      this.#store.deviceKeys(userIds),
      this.#store.crossSigning(userIds),
      this.#store.signatures(userIds, viewer),
    ]);
    const look = new Look(viewer, crossSigning, later);
    const published = new Map(keys.map((one) => [nameOf(one.user_id, one.device_id), one]));
    const answer = emptyAnswer(failuresOf(all, this.#serverName));
    for (const { userId, deviceId, displayName } of devices) {
      const ofUser = (answer.device_keys[userId] ??= {});
      const wanted = asked[userId] ?? [];
      const found = published.get(nameOf(userId, deviceId));
      if (found === undefined || (wanted.length > 0 && !wanted.includes(deviceId))) continue;
      const unsigned: JsonObject = displayName === null ? {} : { device_display_name: displayName };
      ofUser[deviceId] = { ...look.shown(userId, deviceId, found), unsigned };
    }
    for (const [userId, ofUser] of crossSigning) look.addCrossSigning(answer, userId, ofUser);
    return answer;
  }
}

/** One user's look at the keys of others. */
class Look {
  readonly #viewer: UserId;
  readonly #crossSigning: ReadonlyMap<UserId, CrossSigningKeys>;
  readonly #later: ReadonlyMap<string, readonly LaterSignature[]>;

  constructor(viewer: UserId, crossSigning: ReadonlyMap<UserId, CrossSigningKeys>, later: readonly LaterSignature[]) {
    this.#viewer = viewer;
    this.#crossSigning = crossSigning;
    this.#later = Map.groupBy(later, ({ userId, keyId }) => nameOf(userId, keyId));
  }

  /** A key with those of its signatures that the viewer may see. */
  shown(owner: UserId, keyId: string, key: DeviceKeys | NonNullable<CrossSigningKeys[CrossSigningUsage]>): JsonObject {
    const later = (this.#later.get(nameOf(owner, keyId)) ?? []).map(
      ({ signerId, signerKeyId, signature }): Signatures => ({ [signerId]: { [signerKeyId]: signature } }),
    );
    const userSigning = this.#crossSigning.get(owner)?.user_signing;
    const userSigningKeyId = userSigning === undefined ? undefined : `ed25519:${publicKeyOf(userSigning)}`;
    const merged = mergedSignatures(key.signatures ?? {}, ...later);
    const signatures = visibleSignatures(merged, { owner, viewer: this.#viewer, userSigningKeyId });
    return { ...jsonOf(key), signatures };
  }

  addCrossSigning(answer: KeysOfUsers, userId: UserId, keys: CrossSigningKeys): void {
    for (const [usage, section] of SECTIONS) {
      const key = keys[usage];
      if (key === undefined || (usage === 'user_signing' && userId !== this.#viewer)) continue;
      answer[section][userId] = this.shown(userId, publicKeyOf(key) ?? '', key);
    }
  }
}

const SECTIONS = [
  ['master', 'master_keys'],
  ['self_signing', 'self_signing_keys'],
  ['user_signing', 'user_signing_keys'],
] as const;

const emptyAnswer = (failures: Failures): KeysOfUsers => ({
  device_keys: {},
  master_keys: {},
  self_signing_keys: {},
  user_signing_keys: {},
  failures,
});

/** The servers of users who are not here: they are not asked, because there is no federation. */
export const failuresOf = (userIds: readonly UserId[], serverName: ServerName): Failures => {
  const others = userIds.map((userId) => serverOf(userId)).filter((server) => server !== serverName);
  return Object.fromEntries(others.map((server) => [server, NOT_ASKED]));
};

const NOT_ASKED = { errcode: 'M_UNKNOWN', error: 'This server does not talk to other servers.' };

const nameOf = (userId: UserId, keyId: string): string => `${userId} ${keyId}`;

/** What came through the door as JSON is JSON. */
const jsonOf = (key: object): JsonObject => key as JsonObject;
