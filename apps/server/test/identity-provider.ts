import { freePort } from '@byline/testkit/free-port.ts';
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Context, Provider } from 'oidc-provider';

export const CLIENT_ID = 'byline';

/** What the identity provider knows of somebody: by identity assurance, from a passport. */
const WILHELMINA = {
  name: 'Wilhelmina Quackenbush-Żółć',
  verified_claims: {
    verification: {
      trust_framework: 'eidas',
      assurance_level: 'high',
      evidence: [
        {
          type: 'document',
          document_details: { type: 'passport', document_number: 'PL-7730-XQ-551', issuer: { country_code: 'NL' } },
        },
      ],
    },
    claims: { given_name: 'Wilhelmina', family_name: 'Quackenbush-Żółć' },
  },
};

/** What is altered in the ID token before it is signed (again); by the provider's key, or by another. */
export interface Forgery {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
}

/** A real OpenID provider on this machine, with one person in it, and with faults at will. */
export interface IdentityProvider {
  readonly issuer: string;
  /** What the person does when asked. */
  says: 'yes' | 'no';
  /** `nonsense`: it answers everything with a page. */
  state: 'well' | 'nonsense';
  /** What is done with the next tokens. */
  forgery: Forgery | undefined;
  /** Goes where somebody is sent, as their browser would, until they are sent back. */
  readonly walk: (url: URL) => Promise<URL>;
  /** Signs claims as the provider would, or with another key. */
  readonly sign: (claims: Readonly<Record<string, unknown>>, key?: KeyObject) => string;
  readonly stop: () => Promise<void>;
  readonly resume: () => Promise<void>;
}

const KID = 'the-key-of-the-provider';

export const otherKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

export const startIdentityProvider = async (redirectUri: string): Promise<IdentityProvider> => {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, configurationOf(redirectUri, privateKey));
  const answer = provider.callback();
  const server = createServer((request, response) => void serve(request, response));

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (there.state === 'nonsense') return void response.end('<h1>It works</h1>');
    if (request.url?.startsWith('/interaction/')) {
      const result =
        there.says === 'yes'
          ? { login: { accountId: 'wilhelmina' } }
          : { error: 'access_denied', error_description: 'the person said no' };
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    if (request.url === '/token' && there.forgery !== undefined) forge(response, there.forgery);
    await answer(request, response);
  };
  const forge = (response: ServerResponse, { claims = {}, key = privateKey }: Forgery): void => {
    const end = response.end.bind(response) as (body: string) => ServerResponse;
    response.end = ((body: string | Buffer) => {
      const tokens = JSON.parse(body.toString()) as { id_token: string };
      const forged = { ...tokens, id_token: signed({ ...claimsOf(tokens.id_token), ...claims }, key) };
      const text = JSON.stringify(forged);
      response.setHeader('content-length', Buffer.byteLength(text));
      return end(text);
    }) as ServerResponse['end'];
  };
  const listen = (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const there: IdentityProvider = {
    issuer,
    says: 'yes',
    state: 'well',
    forgery: undefined,
    walk: (url) => walk(url, redirectUri),
    sign: (claims, key = privateKey) => signed(claims, key),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    resume: listen,
  };
  await listen();
  return there;
};

const configurationOf = (redirectUri: string, key: KeyObject) => ({
  clients: [
    {
      client_id: CLIENT_ID,
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: KID, alg: 'RS256', use: 'sig' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name'], assured: ['verified_claims'] },
  features: { claimsParameter: { enabled: true }, devInteractions: { enabled: false } },
  pkce: { required: () => true },
  interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
  findAccount: (_: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...WILHELMINA }) }),
  loadExistingGrant: async ({ oidc }: Context) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid');
    grant.addOIDCClaims(['name', 'given_name', 'family_name', 'verified_claims']);
    await grant.save();
    return grant;
  },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 3_600, Interaction: 600, Session: 600, Grant: 600 },
});

const MOST_STEPS = 10;

/** A browser as far as it matters: it follows where it is sent, and keeps cookies. */
const walk = async (from: URL, redirectUri: string): Promise<URL> => {
  const cookies = new Map<string, string>();
  let url = from;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`The walk ended with ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(redirectUri)) return url;
  }
  throw new Error('The walk leads nowhere.');
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWS in compact form (RFC 7515). */
const signed = (claims: Readonly<Record<string, unknown>>, key: KeyObject): string => {
  const input = `${part({ alg: 'RS256', typ: 'JWT', kid: KID })}.${part(claims)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), key).toString('base64url')}`;
};

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
