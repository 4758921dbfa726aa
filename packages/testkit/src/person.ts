type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** What a test expects of an answer; what is otherwise fails the test that reads it. */
type Anything = Readonly<Record<string, unknown>>;

export interface Reply<Body = Anything> {
  readonly status: number;
  readonly body: Body;
}

type Read<Wrapped extends boolean> = <Body = Anything>(
  path: string,
) => Promise<Wrapped extends true ? Reply<Body> : Body>;
type Send<Wrapped extends boolean> = <Body = Anything>(
  path: string,
  body?: unknown,
) => Promise<Wrapped extends true ? Reply<Body> : Body>;

interface Verbs<Wrapped extends boolean> {
  readonly get: Read<Wrapped>;
  readonly put: Send<Wrapped>;
  readonly post: Send<Wrapped>;
  readonly delete: Send<Wrapped>;
}

/** Calls a server's HTTP API. `expectOk` gives the body alone and throws unless the status is 200. */
export interface Caller extends Verbs<true> {
  readonly expectOk: Verbs<false>;
}

/** Somebody who is signed in at a test server, with a client of their own. */
export interface Person extends Caller {
  readonly userId: string;
  readonly token: string;
  readonly deviceId: string;
  readonly name: string;
  readonly password: string;
}

interface SignedIn {
  readonly user_id: string;
  readonly access_token: string;
  readonly device_id: string;
}

/** Calls with an access token, or with none. Paths begin with `/`. */
export const caller = ({ url }: { readonly url: string }, token?: string): Caller => {
  const call = async <Body>(method: Method, path: string, body?: unknown): Promise<Reply<Body>> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const succeed = async <Body>(method: Method, path: string, body?: unknown): Promise<Body> => {
    const reply = await call<Body>(method, path, body);
    if (reply.status === 200) return reply.body;
    throw new Error(`${method} ${path} was answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  };
  return {
    get: (path) => call('GET', path),
    put: (path, body = {}) => call('PUT', path, body),
    post: (path, body = {}) => call('POST', path, body),
    delete: (path, body) => call('DELETE', path, body),
    expectOk: {
      get: (path) => succeed('GET', path),
      put: (path, body = {}) => succeed('PUT', path, body),
      post: (path, body = {}) => succeed('POST', path, body),
      delete: (path, body) => succeed('DELETE', path, body),
    },
  };
};

const personOf = (
  server: { readonly url: string },
  name: string,
  password: string,
  { user_id, access_token, device_id }: SignedIn,
): Person => ({
  ...caller(server, access_token),
  userId: user_id,
  token: access_token,
  deviceId: device_id,
  name,
  password,
});

/** Opens an account, agreeing to the rules, and signs in. */
export const signUp = async (
  server: { readonly url: string },
  name: string,
  password = `the password of ${name}`,
): Promise<Person> => {
  const anyone = caller(server);
  const path = '/_matrix/client/v3/register';
  const account = { username: name, password };
  const { body: challenge } = await anyone.post<{ session: string }>(path, account);
  const auth = (type: string) => ({ ...account, auth: { type, session: challenge.session } });
  await anyone.post(path, auth('m.login.terms'));
  return personOf(server, name, password, await anyone.expectOk.post<SignedIn>(path, auth('m.login.dummy')));
};

/** Signs in to an account that there is, on a new device. */
export const signIn = async (
  server: { readonly url: string },
  name: string,
  password = `the password of ${name}`,
): Promise<Person> => {
  const credentials = { type: 'm.login.password', identifier: { type: 'm.id.user', user: name }, password };
  const signedIn = await caller(server).expectOk.post<SignedIn>('/_matrix/client/v3/login', credentials);
  return personOf(server, name, password, signedIn);
};

/** Opens an account and makes it the server's first administrator by the one-time link. */
export const signUpAdministrator = async (
  server: { readonly url: string; readonly setupLink: () => Promise<string | undefined> },
  name: string,
): Promise<Person> => {
  const person = await signUp(server, name);
  const link = await server.setupLink();
  if (link === undefined) throw new Error('The server has an administrator already.');
  await person.expectOk.post('/_byline/v1/setup', { token: new URL(link).hash.slice(1) });
  return person;
};
