import { publicKeyOf } from '@byline/core/keys/cross-signing-keys.ts';
import {
  judgeSignatures,
  type NewSignature,
  type SignatureVerdict,
  type SignedKey,
  type Signer,
} from '@byline/core/keys/signature-upload.ts';
import { mergedSignatures } from '@byline/core/keys/visible-signatures.ts';
import { DomainError, type JsonObject, type UserId } from '@byline/protocol';
import { Signatures as SignaturesOfKey } from '@byline/protocol/matrix/keys.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { DeviceLists, RoomsOfUser } from './device-lists.ts';
import type { LaterSignature, PublishedKeyStore } from './published-key-store.ts';

/** Signed keys by whose they are and by their ids. */
export type SignedKeys = Readonly<Partial<Record<UserId, Readonly<Record<string, JsonObject>>>>>;

/** Why a signature was not kept, by whose key it is and by its id. */
export type SignatureFailures = Record<string, Record<string, { readonly errcode: string; readonly error: string }>>;

type Refusal = Extract<SignatureVerdict, { refused: unknown }>['refused'] | 'unknown key';

interface KnownKey {
  readonly signed: SignedKey;
  readonly userId: UserId;
  readonly keyId: string;
}

/** Signatures that come after the keys that they are of (specification: `POST /keys/signatures/upload`). */
export class Signatures {
  readonly #store: PublishedKeyStore;
  readonly #log: Log;
  readonly #lists: DeviceLists;

  constructor({
    store,
    log,
    lists,
  }: {
    readonly store: PublishedKeyStore;
    readonly log: Log;
    readonly lists: DeviceLists;
  }) {
    this.#store = store;
    this.#log = log;
    this.#lists = lists;
  }

  /** Keeps a user's signatures, each for itself; those that it can't keep are named in the answer. */
  async upload(userId: UserId, keys: SignedKeys): Promise<SignatureFailures> {
    const rooms = await this.#lists.roomsOf(userId);
    return this.#log.append((batch) => this.#uploadInside(batch, rooms, keys));
  }

  async #uploadInside(batch: Batch, rooms: RoomsOfUser, keys: SignedKeys): Promise<SignatureFailures> {
    const { signer, known } = await this.#read(batch, rooms.userId, Object.keys(keys) as UserId[]);
    const failures: SignatureFailures = {};
    const kept: LaterSignature[] = [];
    for (const { userId, keyId, uploaded } of uploadedKeys(keys)) {
      const key = known.find((one) => one.userId === userId && one.keyId === keyId);
      const verdict = key === undefined ? UNKNOWN_KEY : judged(uploaded, key.signed, signer);
      if ('refused' in verdict) (failures[userId] ??= {})[keyId] = REFUSALS[verdict.refused];
      else kept.push(...verdict.accepted.map((signature) => laterSignature(userId, keyId, rooms.userId, signature)));
    }
    await this.#keep(batch, rooms, kept);
    return failures;
  }

  async #keep(batch: Batch, rooms: RoomsOfUser, kept: readonly LaterSignature[]): Promise<void> {
    if (kept.length === 0) return;
    await batch.atOnce(async (writer) => {
      for (const signature of kept) await this.#store.upsertSignature(writer, signature);
    });
    const owners = new Set(kept.map((signature) => signature.userId));
    if (owners.delete(rooms.userId)) this.#lists.place(batch, rooms);
    for (const owner of owners) this.#lists.placeFor(batch, rooms.userId, owner);
  }

  /** What the user signs by, and what of these users' keys the user may sign. */
  async #read(batch: Batch, userId: UserId, owners: readonly UserId[]): Promise<{ signer: Signer; known: KnownKey[] }> {
    return batch.read(async (writer) => {
      const crossSigning = await this.#store.crossSigning([...new Set([userId, ...owners])], writer);
      const devices = await this.#store.deviceKeys([userId], writer);
      const later = await this.#store.signatures(owners, userId, writer);
      const signer = { userId, crossSigning: crossSigning.get(userId) ?? {}, devices };
      const known: KnownKey[] = devices.map((key) => ({
        userId,
        keyId: key.device_id,
        signed: { kind: 'own device', key },
      }));
      for (const [owner, { master }] of crossSigning) {
        const keyId = master === undefined ? undefined : publicKeyOf(master);
        const kind = owner === userId ? 'own master key' : 'master key of another';
        if (master !== undefined && keyId !== undefined)
          known.push({ userId: owner, keyId, signed: { kind, key: master } });
      }
      return { signer, known: known.map((key) => withLater(key, later)) };
    });
  }
}

const uploadedKeys = (keys: SignedKeys) =>
  (Object.entries(keys) as [UserId, Readonly<Record<string, JsonObject>>][]).flatMap(([userId, ofUser]) =>
    Object.entries(ofUser).map(([keyId, uploaded]) => ({ userId, keyId, uploaded })),
  );

const laterSignature = (
  userId: UserId,
  keyId: string,
  signerId: UserId,
  { keyId: signerKeyId, signature }: NewSignature,
): LaterSignature => ({ userId, keyId, signerId, signerKeyId, signature });

const withLater = (known: KnownKey, later: readonly LaterSignature[]): KnownKey => {
  const own = later.filter((signature) => signature.userId === known.userId && signature.keyId === known.keyId);
  const parts = own.map(({ signerId, signerKeyId, signature }) => ({ [signerId]: { [signerKeyId]: signature } }));
  const { kind, key } = known.signed;
  return { ...known, signed: { kind, key: { ...key, signatures: mergedSignatures(key.signatures ?? {}, ...parts) } } };
};

const judged = (uploaded: JsonObject, known: SignedKey, signer: Signer): SignatureVerdict => {
  const signatures = SignaturesOfKey.safeParse(uploaded['signatures']);
  if (!signatures.success) return { refused: 'no signature' };
  try {
    return judgeSignatures({ ...uploaded, signatures: signatures.data }, known, signer);
  } catch (error) {
    // What has no canonical form can't be what was published.
    if (error instanceof DomainError) return { refused: 'another key' };
    throw error;
  }
};

const UNKNOWN_KEY = { refused: 'unknown key' } as const;

const REFUSALS: Readonly<Record<Refusal, { readonly errcode: string; readonly error: string }>> = {
  'unknown key': { errcode: 'M_NOT_FOUND', error: 'There is no such key that you could sign.' },
  'another key': { errcode: 'M_INVALID_SIGNATURE', error: 'What was signed is not the key that is published here.' },
  'no signature': { errcode: 'M_INVALID_SIGNATURE', error: 'There is no signature of yours.' },
  'invalid signature': { errcode: 'M_INVALID_SIGNATURE', error: 'A signature is not valid.' },
};
