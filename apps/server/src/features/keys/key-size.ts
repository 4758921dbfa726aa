import { signedText, type SignedObject } from '@byline/core/keys/signed-object.ts';
import { isNestedTooDeep } from '@byline/core/nesting.ts';
import { DomainError } from '@byline/protocol';

/** As much as an event may have. */
const LARGEST_PUBLISHED_KEY = 65_536;
/** Many times what any algorithm needs. */
const LARGEST_CLAIMABLE_KEY = 8_192;

/** Throws `M_TOO_LARGE` for a key that everybody would have to read, `M_BAD_JSON` for one that nobody could sign. */
export const requireFittingKey = (key: SignedObject): void => {
  signedText(key);
  requireLength(key, LARGEST_PUBLISHED_KEY);
};

/** Throws `M_TOO_LARGE`, because a device keeps many of these, `M_BAD_JSON` for what is nested too deep. */
export const requireFittingClaimable = (key: unknown): void => requireLength(key, LARGEST_CLAIMABLE_KEY);

const requireLength = (key: unknown, most: number): void => {
  if (isNestedTooDeep(key)) throw new DomainError('M_BAD_JSON', 'A key is nested too deep.');
  if (Buffer.byteLength(JSON.stringify(key)) > most) throw new DomainError('M_TOO_LARGE', 'A key is too large.');
};
