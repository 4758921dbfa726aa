import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { canonicalJson } from '../event/canonical-json.ts';
import { toBase64Url } from '../sealing/base64url.ts';

/**
 * The `nonce` that an ID token must carry: it binds what an issuer signs to one application and one attempt, and says
 * neither to the issuer.
 *
 * @param challenge random bytes that the server gave for this attempt
 */
export const nonceFor = async (application: ApplicationId, challenge: string): Promise<string> => {
  const bound = new TextEncoder().encode(canonicalJson({ application, challenge, purpose: 'byline verification v1' }));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bound)));
};
