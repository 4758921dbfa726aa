import type { CrossSigningKeys, CrossSigningUsage } from '@byline/core/keys/cross-signing-keys.ts';
import type { DeviceId, UserId } from '@byline/protocol';
import type { CrossSigningKey } from '@byline/protocol/matrix/cross-signing.ts';
import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';
import type { Reader, Writer } from '../../platform/engine/engine.ts';

interface SignatureRow {
  /** Whose key it is, and its id: a device's, or the public half of a master key. */
  user_id: UserId;
  key_id: string;
  signer_id: UserId;
  signer_key_id: string;
  signature: string;
}

type Tables = {
  device_keys: { user_id: UserId; device_id: DeviceId; keys: string };
  cross_signing_keys: { user_id: UserId; usage: CrossSigningUsage; key: string };
  key_signatures: SignatureRow;
};

/** A signature of a key that came after the key. */
export interface LaterSignature {
  readonly userId: UserId;
  readonly keyId: string;
  readonly signerId: UserId;
  readonly signerKeyId: string;
  readonly signature: string;
}

/** Ids in one statement; PostgreSQL allows 65,535 parameters and SQLite 32,766. */
const IDS_AT_ONCE = 500;

const tables = (database: Reader | Writer) => database.withTables<Tables>();

/** The SQL of the keys that devices and users publish, and of the signatures that come later. */
export class PublishedKeyStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The keys of all devices of users. */
  async deviceKeys(userIds: readonly UserId[], database: Reader | Writer = this.#reader): Promise<DeviceKeys[]> {
    const rows = await inParts(userIds, (part) =>
      tables(database).selectFrom('device_keys').select('keys').where('user_id', 'in', part).execute(),
    );
    return rows.map((row) => JSON.parse(row.keys) as DeviceKeys);
  }

  async upsertDeviceKeys(writer: Writer, keys: DeviceKeys): Promise<void> {
    const text = JSON.stringify(keys);
    await tables(writer)
      .insertInto('device_keys')
      .values({ user_id: keys.user_id, device_id: keys.device_id, keys: text })
      .onConflict((conflict) => conflict.columns(['user_id', 'device_id']).doUpdateSet({ keys: text }))
      .execute();
  }

  /** Tells whether there were any. */
  async deleteDeviceKeys(writer: Writer, userId: UserId, deviceId: DeviceId): Promise<boolean> {
    const { numDeletedRows } = await tables(writer)
      .deleteFrom('device_keys')
      .where('user_id', '=', userId)
      .where('device_id', '=', deviceId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }

  /** The cross-signing keys of users; those who have none are left out. */
  async crossSigning(
    userIds: readonly UserId[],
    database: Reader | Writer = this.#reader,
  ): Promise<ReadonlyMap<UserId, CrossSigningKeys>> {
    const rows = await inParts(userIds, (part) =>
      tables(database).selectFrom('cross_signing_keys').selectAll().where('user_id', 'in', part).execute(),
    );
    const ofUsers = Map.groupBy(rows, (row) => row.user_id);
    return new Map([...ofUsers].map(([userId, ofUser]) => [userId, keysOf(ofUser)]));
  }

  async upsertCrossSigning(
    writer: Writer,
    userId: UserId,
    usage: CrossSigningUsage,
    key: CrossSigningKey,
  ): Promise<void> {
    const text = JSON.stringify(key);
    await tables(writer)
      .insertInto('cross_signing_keys')
      .values({ user_id: userId, usage, key: text })
      .onConflict((conflict) => conflict.columns(['user_id', 'usage']).doUpdateSet({ key: text }))
      .execute();
  }

  async deleteCrossSigning(writer: Writer, userId: UserId, usages: readonly CrossSigningUsage[]): Promise<void> {
    if (usages.length === 0) return;
    await tables(writer)
      .deleteFrom('cross_signing_keys')
      .where('user_id', '=', userId)
      .where('usage', 'in', usages)
      .execute();
  }

  /** The signatures of users' keys that were made by these users themselves or by `viewer`: nobody else may see others. */
  async signatures(
    userIds: readonly UserId[],
    viewer: UserId,
    database: Reader | Writer = this.#reader,
  ): Promise<LaterSignature[]> {
    const rows = await inParts(userIds, (part) =>
      tables(database)
        .selectFrom('key_signatures')
        .selectAll()
        .where('user_id', 'in', part)
        .where((row) => row.or([row('signer_id', '=', viewer), row('signer_id', '=', row.ref('user_id'))]))
        .execute(),
    );
    return rows.map((row) => ({
      userId: row.user_id,
      keyId: row.key_id,
      signerId: row.signer_id,
      signerKeyId: row.signer_key_id,
      signature: row.signature,
    }));
  }

  async upsertSignature(writer: Writer, { userId, keyId, signerId, signerKeyId, signature }: LaterSignature) {
    await tables(writer)
      .insertInto('key_signatures')
      .values({ user_id: userId, key_id: keyId, signer_id: signerId, signer_key_id: signerKeyId, signature })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'key_id', 'signer_id', 'signer_key_id']).doUpdateSet({ signature }),
      )
      .execute();
  }

  /** Forgets what was signed of a user's keys, and what these keys have signed. */
  async deleteSignatures(writer: Writer, userId: UserId, keyIds: readonly string[]): Promise<void> {
    if (keyIds.length === 0) return;
    await tables(writer)
      .deleteFrom('key_signatures')
      .where('user_id', '=', userId)
      .where('key_id', 'in', keyIds)
      .execute();
    await tables(writer)
      .deleteFrom('key_signatures')
      .where('signer_id', '=', userId)
      .where(
        'signer_key_id',
        'in',
        keyIds.map((keyId) => `ed25519:${keyId}`),
      )
      .execute();
  }
}

const keysOf = (rows: readonly Tables['cross_signing_keys'][]): CrossSigningKeys =>
  Object.fromEntries(rows.map((row) => [row.usage, JSON.parse(row.key) as CrossSigningKey]));

const inParts = async <Id, Row>(ids: readonly Id[], read: (part: readonly Id[]) => Promise<Row[]>): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    rows.push(...(await read(ids.slice(start, start + IDS_AT_ONCE))));
  }
  return rows;
};
