import { type ProvenIdentity, provenBy } from '@byline/core/identity/id-token-claims.ts';
import { nonceFor } from '@byline/core/identity/nonce.ts';
import { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { OpenIdConnectStep } from '@byline/protocol/byline/verification.ts';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  Configuration,
  None,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import { VerificationFailed } from './verification-failed.ts';

/** What this browser must remember while somebody is at the identity provider. It is plain JSON. */
export const Visit = z.object({
  application: ApplicationId,
  step: OpenIdConnectStep,
  /** Without it, nobody else can redeem the code that comes back (RFC 7636). */
  verifier: z.string(),
  state: z.string(),
});
export type Visit = z.output<typeof Visit>;

/** What an identity provider signed, and what it proves. */
export interface SignedToken {
  readonly token: string;
  readonly proven: ProvenIdentity;
}

/** How long the identity provider may take to answer, in seconds. */
const TIMEOUT = 15;

/** Where to send somebody, and what to remember meanwhile (OpenID Connect Core 1.0, section 3.1: the code flow). */
export const visitProvider = async (
  application: ApplicationId,
  step: OpenIdConnectStep,
): Promise<{ readonly url: URL; readonly visit: Visit }> => {
  const visit = { application, step, verifier: randomPKCECodeVerifier(), state: randomState() };
  const modes = step.provider.response_modes_supported;
  const url = buildAuthorizationUrl(configurationOf(step), {
    redirect_uri: step.redirect_uri,
    scope: step.scope,
    claims: JSON.stringify(step.claims),
    nonce: await nonceFor(application, step.challenge),
    state: visit.state,
    code_challenge: await calculatePKCECodeChallenge(visit.verifier),
    code_challenge_method: 'S256',
    // In a fragment, not even the code comes to our server; where no modes are listed, it is one of the two (RFC 8414).
    ...(modes === undefined || modes.includes('fragment') ? { response_mode: 'fragment' } : {}),
  });
  return { url, visit };
};

/**
 * Redeems what came back for a signed ID token, between this browser and the identity provider alone.
 *
 * @param current the address at which this page was opened again
 * @throws VerificationFailed
 */
export const returnFromProvider = async (
  { application, step, verifier, state }: Visit,
  current: URL,
): Promise<SignedToken> => {
  const answered = new URL(current);
  if (answered.hash.length > 1) answered.search = answered.hash.slice(1);
  answered.hash = '';
  try {
    const tokens = await authorizationCodeGrant(configurationOf(step), answered, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: await nonceFor(application, step.challenge),
      idTokenExpected: true,
    });
    if (tokens.id_token === undefined) throw new Error('The answer holds no ID token.');
    return { token: tokens.id_token, proven: provenBy(tokens.claims()) };
  } catch (cause) {
    throw failureOf(cause, step.name);
  }
};

const configurationOf = ({ provider, client_id: clientId }: OpenIdConnectStep): Configuration => {
  const { response_modes_supported: modes, id_token_signing_alg_values_supported: algorithms, ...rest } = provider;
  const metadata = {
    ...rest,
    ...(modes === undefined ? {} : { response_modes_supported: modes }),
    ...(algorithms === undefined ? {} : { id_token_signing_alg_values_supported: algorithms }),
  };
  // Only what an issuer's key pair signed can be checked by a reviewer later.
  const configuration = new Configuration(metadata, clientId, undefined, None());
  configuration.timeout = TIMEOUT;
  if (provider.issuer.startsWith('http:')) allowInsecureRequests(configuration);
  return configuration;
};

const failureOf = (cause: unknown, name: string): VerificationFailed => {
  if (cause instanceof AuthorizationResponseError && cause.error === 'access_denied')
    return new VerificationFailed('refused', `You said no at ${name}.`, { cause });
  if (isUnreachable(cause)) return new VerificationFailed('unreachable', `${name} does not answer.`, { cause });
  return new VerificationFailed('not-trustworthy', `What ${name} answered does not hold.`, { cause });
};

/** `fetch` fails by a TypeError; a time-out has a code of its own. */
const isUnreachable = (cause: unknown): boolean =>
  (cause instanceof TypeError && cause.message.includes('fetch')) ||
  (cause instanceof Error && 'code' in cause && cause.code === 'OAUTH_TIMEOUT');
