import { type ProvenIdentity, provenBy } from '@byline/core/identity/id-token-claims.ts';
import { nonceFor } from '@byline/core/identity/nonce.ts';
import type { ApplicationId, IdentityField, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import { IDENTITY_FIELDS } from '@byline/protocol/byline/identity.ts';
import type { TokenProof } from '@byline/protocol/byline/verification.ts';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';

/** Why a token proves nothing. */
export type TokenFault = 'signature' | 'issuer' | 'recipient' | 'time' | 'other-application' | 'unreadable';

/** What a reviewer's browser found in a sealed token. */
export type TokenCheck =
  | { readonly state: 'genuine'; readonly proven: ProvenIdentity }
  | { readonly state: 'false'; readonly fault: TokenFault };

/** Key pairs alone: with a shared secret, whoever checks could have signed. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Between the clocks of the issuer and of the server, in seconds. */
const CLOCK_TOLERANCE = 60;

/**
 * Whether a token was signed by the issuer, for this server, for this application, and held when it came.
 *
 * @param at when the server took it, in milliseconds since the epoch: it may have run out since, as it should
 */
export const checkToken = async (
  token: string,
  application: ApplicationId,
  { issuer, client_id: audience, challenge, keys }: TokenProof,
  at: number,
): Promise<TokenCheck> => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ['iat', 'exp', 'sub', 'nonce'],
      currentDate: new Date(at),
      clockTolerance: CLOCK_TOLERANCE,
    });
    const wanted = await nonceFor(application, challenge);
    if (payload['nonce'] !== wanted) return { state: 'false', fault: 'other-application' };
    return { state: 'genuine', proven: provenBy(payload) };
  } catch (error) {
    return { state: 'false', fault: faultOf(error) };
  }
};

/** Each field of an identity beside what the token proves: `same`, `different`, or not spoken of. */
export const compareWith = (
  identity: LegalIdentity,
  { identity: proven }: ProvenIdentity,
): Readonly<Record<IdentityField, 'same' | 'different' | 'not-attested'>> => {
  const judged = IDENTITY_FIELDS.map((field) => {
    const said = proven[field];
    if (said === undefined) return [field, 'not-attested'] as const;
    return [field, plain(said) === plain(identity[field]) ? 'same' : 'different'] as const;
  });
  return Object.fromEntries(judged) as Record<IdentityField, 'same' | 'different' | 'not-attested'>;
};

/** Capitals, spaces and ways to write an accent make no difference. */
const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

const FAULT_OF_CLAIM: Readonly<Record<string, TokenFault>> = {
  iss: 'issuer',
  aud: 'recipient',
  iat: 'time',
  nbf: 'time',
};

const faultOf = (error: unknown): TokenFault => {
  if (error instanceof errors.JWTExpired) return 'time';
  if (error instanceof errors.JWTClaimValidationFailed) return FAULT_OF_CLAIM[error.claim] ?? 'unreadable';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'signature';
  return 'unreadable';
};
