import type { CustodianKey, CustodianSet } from '@byline/protocol/byline/custody.ts';
import type { OpeningRequest, OrderContent } from '@byline/protocol/byline/opening.ts';
import type { UserId } from '@byline/protocol/ids.ts';
import { canonicalJson } from '../../event/canonical-json.ts';
import { toBase64Url } from '../../sealing/base64url.ts';

/* What is signed, as text: canonical JSON that names its purpose, so that no signature can be taken for another. */

/** That two keys are those of somebody, who has their private halves. */
export const registrationStatement = ({ user_id, public_key, signing_key }: Omit<CustodianKey, 'kid'>): string =>
  canonicalJson({ purpose: 'byline custodian key v1', user_id, public_key, signing_key });

/** Who holds identities together, in their order. */
export const setStatement = ({ number, previous, custodians }: CustodianSet): string =>
  canonicalJson({
    purpose: 'byline custodian set v1',
    number,
    previous,
    custodians: custodians.map(({ user_id, kid, public_key, signing_key }) => ({
      user_id,
      kid,
      public_key,
      signing_key,
    })),
  });

/** That a custodian takes part in an opening: of which fields, by which order, for whose eyes. */
export const openingStatement = (custodian: UserId, request: OpeningRequest): string => {
  const { order_hash, application, version, set, fields, recipient_key } = request;
  return canonicalJson({
    purpose: 'byline identity opening v1',
    custodian,
    order_hash,
    application,
    version,
    set,
    fields: fields.toSorted(),
    recipient_key,
  });
};

/** The hash of all that an order says. */
export const orderHash = (order: OrderContent): Promise<string> => {
  const { id, authority, legal_basis, application, fields, filed_at, expires_at, notice } = order;
  return hashOf(
    canonicalJson({
      purpose: 'byline order v1',
      id,
      authority,
      legal_basis,
      application,
      fields: fields.toSorted(),
      filed_at,
      expires_at,
      notice,
    }),
  );
};

/** The hash of a set, by which the next one names it. */
export const setHash = (set: CustodianSet): Promise<string> => hashOf(setStatement(set));

const hashOf = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
