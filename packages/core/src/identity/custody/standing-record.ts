import {
  type CustodianSet,
  type CustodyField,
  type SealedShare,
  STANDING_SCHEMA,
  type StandingField,
  type StandingRecord,
} from '@byline/protocol/byline/custody.ts';
import type { ApplicationId, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { Encrypted } from '@byline/protocol/byline/sealed.ts';
import { canonicalJson } from '../../event/canonical-json.ts';
import { fromBase64Url, toBase64Url } from '../../sealing/base64url.ts';
import { SealingError } from '../../sealing/sealing-error.ts';
import type { SealingKeyPair } from '../../sealing/sealing-key.ts';
import { open, seal, type SealingContext } from '../../sealing/sealing.ts';
import { filledFields } from '../requirements.ts';
import { placed, type PlacedCustodian } from './custodian-set.ts';
import { padded, unpadded } from './padding.ts';
import { placeOf, secretOf, sharesOf, sumOf } from './secret-sharing.ts';

/** Which version of whose record. */
export interface RecordName {
  readonly application: ApplicationId;
  readonly version: number;
}

/** Where one share belongs: of which field, for the keys of which set. */
export interface ShareName extends RecordName {
  readonly set: number;
  readonly field: CustodyField;
}

/**
 * Seals a legal identity so that nobody opens it alone: each field under a key of its own, each key shared among the
 * custodians, each share sealed to its custodian. It is done where the identity is open, in the reviewer's browser.
 *
 * @param set as `areConfirmed` found it to hold
 * @throws SealingError `malformed-key`
 */
export const sealStandingRecord = async (
  set: CustodianSet,
  name: RecordName,
  identity: LegalIdentity,
): Promise<StandingRecord> => {
  const fields = filledFields(identity).map((field) => sealField(set, { ...name, set: set.number, field }, identity));
  return { schema: STANDING_SCHEMA, version: name.version, set: set.number, fields: await Promise.all(fields) };
};

/**
 * One custodian's share of one field's key.
 *
 * @throws SealingError `other-key`, `cannot-open`, `malformed-sealed`: it was changed, or belongs elsewhere
 */
export const openShare = async (
  key: SealingKeyPair,
  holder: PlacedCustodian,
  name: ShareName,
  { parts }: Pick<SealedShare, 'parts'>,
): Promise<Uint8Array> => {
  const opened = await Promise.all(
    parts.map(({ from, sealed }) => open(key, sealed, shareContext(name, holder, from))),
  );
  const [share, ...others] = opened;
  if (share === undefined || opened.some((part) => placeOf(part) !== holder.place)) throw misplaced();
  return others.reduce(sumOf, share);
};

/**
 * What a field says, by two shares of its key.
 *
 * @throws SealingError `cannot-open`: the shares do not belong together or to this field, or it was changed
 */
export const openField = async (
  name: RecordName & { readonly field: CustodyField },
  encrypted: Encrypted,
  shares: readonly [Uint8Array, Uint8Array],
): Promise<string> => {
  if (placeOf(shares[0]) === placeOf(shares[1])) throw misplaced();
  const [iv, ciphertext] = [fromBase64Url(encrypted.iv), fromBase64Url(encrypted.ct)];
  if (iv === undefined || ciphertext === undefined)
    throw new SealingError('malformed-sealed', 'This is nothing that was sealed.');
  const key = await dataKey(await secretOf(...shares), 'decrypt');
  try {
    return unpadded(new Uint8Array(await crypto.subtle.decrypt(cipherOf(name, iv), key, ciphertext)));
  } catch (cause) {
    throw new SealingError('cannot-open', 'These shares do not open this field.', { cause });
  }
};

/** What a share is sealed for; it opens for nothing else. `from`: who dealt it, when it was sealed anew. */
export const shareContext = (
  { application, version, set, field }: ShareName,
  { user_id, place }: Pick<PlacedCustodian, 'user_id' | 'place'>,
  from?: string,
): SealingContext => ({
  account: application,
  purpose: 'standing-identity',
  schema: canonicalJson({ share: field, set, custodian: user_id, place, from }),
  version,
});

const sealField = async (set: CustodianSet, name: ShareName, identity: LegalIdentity): Promise<StandingField> => {
  const { field } = name;
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const ciphertext = await crypto.subtle.encrypt(
    cipherOf(name, iv),
    await dataKey(secret, 'encrypt'),
    padded(identity[field]),
  );
  const dealt = await sharesOf(secret, set.custodians.length);
  secret.fill(0);
  return {
    field,
    encrypted: { iv: toBase64Url(iv), ct: toBase64Url(new Uint8Array(ciphertext)) },
    shares: await Promise.all(
      placed(set).map((holder) => sealShare(name, holder, dealt[holder.place - 1] ?? new Uint8Array())),
    ),
  };
};

const sealShare = async (name: ShareName, holder: PlacedCustodian, share: Uint8Array): Promise<SealedShare> => ({
  custodian: holder.user_id,
  parts: [{ sealed: await seal(holder.public_key, share, shareContext(name, holder)) }],
});

const dataKey = (secret: Uint8Array, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', new Uint8Array(secret), 'AES-GCM', false, [usage]);

const cipherOf = ({ application, version, field }: RecordName & { readonly field: CustodyField }, iv: Uint8Array) => ({
  name: 'AES-GCM',
  iv: new Uint8Array(iv),
  additionalData: new TextEncoder().encode(
    canonicalJson({ account: application, purpose: 'standing-identity', schema: STANDING_SCHEMA, version, field }),
  ),
});

const misplaced = (): SealingError => new SealingError('cannot-open', 'These shares do not belong here.');
