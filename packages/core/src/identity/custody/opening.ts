import type { CustodianSet, CustodyField, SealedShare } from '@byline/protocol/byline/custody.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import type { Opening, OpeningRequest, Order } from '@byline/protocol/byline/opening.ts';
import type { Encrypted, Sealed } from '@byline/protocol/byline/sealed.ts';
import { canonicalJson } from '../../event/canonical-json.ts';
import { SealingError } from '../../sealing/sealing-error.ts';
import type { SealingKeyPair } from '../../sealing/sealing-key.ts';
import { open, seal, type SealingContext } from '../../sealing/sealing.ts';
import { isSignedBy } from '../../sealing/signing-key.ts';
import { custodianOf, type PlacedCustodian } from './custodian-set.ts';
import { openField, openShare, type ShareName } from './standing-record.ts';
import { openingStatement, orderHash } from './statements.ts';

/** Why nothing is opened. `not-covered`: what was asked for is more than the order says, or about somebody else. */
export type OpeningFault = 'order-changed' | 'not-covered' | 'expired' | 'revoked' | 'not-a-custodian' | 'not-signed';

/**
 * What is wrong with an opening that somebody asked for; `undefined`: nothing. The server asks this, and so does the
 * browser of whoever joins, before it gives anything: it believes no server.
 *
 * @param set to which the record is sealed
 */
export const faultOf = async (
  opening: Pick<Opening, 'request' | 'asked'>,
  order: Order,
  set: CustodianSet,
  now: number,
): Promise<OpeningFault | undefined> => {
  const { request, asked } = opening;
  const fault = await faultOfRequest(request, order, set, now);
  return fault ?? ((await isSigned(set, request, asked)) ? undefined : 'not-signed');
};

/** The same for what one is about to sign oneself. */
export const faultOfRequest = async (
  request: OpeningRequest,
  { content, hash, revoked_at: revokedAt }: Order,
  set: CustodianSet,
  now: number,
): Promise<OpeningFault | undefined> => {
  if ((await orderHash(content)) !== hash || request.order_hash !== hash) return 'order-changed';
  if (content.application !== request.application) return 'not-covered';
  if (request.fields.some((field) => !content.fields.includes(field))) return 'not-covered';
  if (now >= content.expires_at) return 'expired';
  if (revokedAt !== undefined) return 'revoked';
  return request.set === set.number ? undefined : 'not-a-custodian';
};

/** Whether a custodian of a set has signed that they take part in an opening. */
export const isSigned = async (
  set: CustodianSet,
  request: OpeningRequest,
  by: { readonly user_id: UserId; readonly signature: string },
): Promise<boolean> => {
  const custodian = custodianOf(set, by.user_id);
  if (custodian === undefined) return false;
  return isSignedBy(custodian.signing_key, openingStatement(by.user_id, request), by.signature);
};

/** Opens one's own share of a field, and seals it for the one who asked. Throws SealingError. */
export const handOver = async (
  key: SealingKeyPair,
  holder: PlacedCustodian,
  request: OpeningRequest,
  { field, share }: { readonly field: CustodyField; readonly share: SealedShare },
): Promise<Sealed> => {
  const opened = await openShare(key, holder, nameOf(request, field), share);
  return seal(request.recipient_key, opened, handOverContext(request, field, holder));
};

/** What is needed to read one field. */
export interface FieldToRead {
  readonly field: CustodyField;
  readonly encrypted: Encrypted;
  readonly own: SealedShare;
  readonly other: Sealed;
}

/**
 * Reads one field that two custodians open.
 *
 * @param recipient the pair made for this opening
 * @throws SealingError `cannot-open` when anything of it was changed, or belongs elsewhere
 */
export const readField = async (
  keys: { readonly own: SealingKeyPair; readonly recipient: SealingKeyPair },
  custodians: { readonly reader: PlacedCustodian; readonly other: PlacedCustodian },
  request: OpeningRequest,
  { field, encrypted, own, other }: FieldToRead,
): Promise<string> => {
  if (!request.fields.includes(field)) throw new SealingError('cannot-open', 'This field is not opened.');
  const name = nameOf(request, field);
  const mine = await openShare(keys.own, custodians.reader, name, own);
  const theirs = await open(keys.recipient, other, handOverContext(request, field, custodians.other));
  return openField(name, encrypted, [mine, theirs]);
};

const nameOf = ({ application, version, set }: OpeningRequest, field: CustodyField): ShareName => ({
  application,
  version,
  set,
  field,
});

/** A share that is handed over serves this opening alone. */
const handOverContext = (
  { application, version, set, order_hash: order }: OpeningRequest,
  field: CustodyField,
  { user_id, place }: PlacedCustodian,
): SealingContext => ({
  account: application,
  purpose: 'identity-opening',
  schema: canonicalJson({ share: field, set, order, custodian: user_id, place }),
  version,
});
