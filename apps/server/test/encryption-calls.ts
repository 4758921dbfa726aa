import { type ClientKey, deviceKeysOf, makeCrossSigning, makeKey, signedBy } from '@byline/core/keys/keys.fixture.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, type Reply } from '@byline/testkit/person.ts';
import { createRoom, join } from './syncing.ts';

const CLIENT = '/_matrix/client/v3';

export interface QueriedKeys {
  readonly device_keys: Readonly<Record<string, Readonly<Record<string, QueriedKey>>>>;
  readonly master_keys: Readonly<Record<string, QueriedKey>>;
  readonly self_signing_keys: Readonly<Record<string, QueriedKey>>;
  readonly user_signing_keys: Readonly<Record<string, QueriedKey>>;
  readonly failures: Readonly<Record<string, unknown>>;
}

export interface QueriedKey {
  readonly keys: Readonly<Record<string, string>>;
  readonly signatures?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly unsigned?: { readonly device_display_name?: string };
}

type Claimed = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The same device at a server that was started again, and listens elsewhere now. */
export const movedTo = (server: TestServer, person: Person): Person => ({ ...person, ...caller(server, person.token) });

/** Publishes a device's identity keys; the key by which it signs. */
export const publishDevice = async (person: Person): Promise<ClientKey> => {
  const key = makeKey();
  const device_keys = deviceKeysOf(person.userId, person.deviceId, key);
  await person.expectOk.post(`${CLIENT}/keys/upload`, { device_keys });
  return key;
};

/** So many one-time keys (or fallback keys), of which the first has this number. */
export const claimable = (count: number, first = 0, algorithm = 'signed_curve25519'): Record<string, object> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${algorithm}:KEY${first + index}`,
      { key: `public half ${first + index}`, signatures: {} },
    ]),
  );

export const uploadKeys = (person: Person, body: object): Promise<Reply> => person.post(`${CLIENT}/keys/upload`, body);

export const queryKeys = (person: Person, ...userIds: string[]): Promise<QueriedKeys> =>
  person.expectOk.post<QueriedKeys>(`${CLIENT}/keys/query`, {
    device_keys: Object.fromEntries(userIds.map((userId) => [userId, []])),
  });

/** Claims a key of a device: `ALGORITHM:KEY_ID`; `undefined`: there was none. */
export const claim = async (
  person: Person,
  of: Person,
  algorithm = 'signed_curve25519',
): Promise<string | undefined> => {
  const { one_time_keys: claimed } = await person.expectOk.post<{ one_time_keys: Claimed }>(`${CLIENT}/keys/claim`, {
    one_time_keys: { [of.userId]: { [of.deviceId]: algorithm } },
  });
  const keys = Object.keys(claimed[of.userId]?.[of.deviceId] ?? {});
  if (keys.length > 1) throw new Error('More than one key was given.');
  return keys[0];
};

/** Publishes a user's first cross-signing keys; by what they sign. */
export const publishCrossSigning = async (person: Person) => {
  const made = makeCrossSigning(person.userId);
  await person.expectOk.post(`${CLIENT}/keys/device_signing/upload`, made.uploaded);
  return made;
};

/** A key as it was published, with one signature alone. */
export const signedAlone = (object: object, signer: string, keyId: string, key: ClientKey): object =>
  signedBy({ ...object, signatures: {}, unsigned: undefined }, signer, keyId, key);

export const uploadSignatures = (person: Person, keys: object): Promise<Reply<{ failures: Record<string, unknown> }>> =>
  person.post(`${CLIENT}/keys/signatures/upload`, keys);

let sent = 0;

/** Sends messages to devices; under a new name unless one is given. */
export const sendToDevice = (
  person: Person,
  messages: Readonly<Record<string, Readonly<Record<string, object>>>>,
  { type = 'm.room_key_request', transaction }: { readonly type?: string; readonly transaction?: string } = {},
): Promise<Reply> => {
  sent += 1;
  return person.put(`${CLIENT}/sendToDevice/${type}/${transaction ?? `txn${sent}`}`, { messages });
};

const ENCRYPTED = {
  initial_state: [{ type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } }],
};

/** An encrypted room in which all of them are. */
export const encryptedRoom = async (creator: Person, ...others: readonly Person[]): Promise<string> => {
  const invite = others.map(({ userId }) => userId);
  const roomId = await createRoom(creator, { preset: 'private_chat', invite, ...ENCRYPTED });
  for (const other of others) await join(other, roomId);
  return roomId;
};
