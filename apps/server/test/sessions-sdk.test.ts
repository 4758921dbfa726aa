import type { TestServer } from '@byline/testkit/byline.ts';
import { createClient, type MatrixClient, MatrixError } from 'matrix-js-sdk';
import type { Logger } from 'matrix-js-sdk/lib/logger.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const HOUR = 3_600_000;
const PASSWORD = 'the password of sophie';

const say = (): void => undefined;
const SILENT: Logger = { trace: say, debug: say, info: say, warn: say, error: say, getChild: () => SILENT };

describe.each(ENGINES)('matrix-js-sdk against sessions on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  const clients: MatrixClient[] = [];

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
  });
  afterAll(async () => {
    for (const client of clients) client.stopClient();
    await server.dispose();
  });

  const clientFor = (signedIn: Partial<Parameters<typeof createClient>[0]>): MatrixClient => {
    const client = createClient({ baseUrl: server.url, logger: SILENT, ...signedIn });
    clients.push(client);
    return client;
  };

  test('it signs up, signs in, refreshes its tokens, and reads what the server can do', async () => {
    const newcomer = clientFor({});
    const account = { username: 'sophie', password: PASSWORD, inhibit_login: true };
    const session = await sessionOf(newcomer.registerRequest(account));
    await sessionOf(newcomer.registerRequest({ ...account, auth: { type: 'm.login.terms', session } }));
    const registered = await newcomer.registerRequest({ ...account, auth: { type: 'm.login.dummy', session } });
    expect(registered.user_id).toBe('@sophie:byline.test');

    expect((await newcomer.loginFlows()).flows).toEqual([
      { type: 'm.login.password' },
      { type: 'm.login.token', get_login_token: true },
    ]);
    const signedIn = await newcomer.loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: 'sophie' },
      password: PASSWORD,
      refresh_token: true,
    });

    const client = clientFor({
      userId: signedIn.user_id,
      deviceId: signedIn.device_id,
      accessToken: signedIn.access_token,
    });
    expect((await client.whoami()).device_id).toBe(signedIn.device_id);
    clock.advance(HOUR);
    await expect(client.whoami()).rejects.toMatchObject({ errcode: 'M_UNKNOWN_TOKEN', data: { soft_logout: true } });
    const refreshed = await client.refreshToken(signedIn.refresh_token ?? '');
    client.setAccessToken(refreshed.access_token);
    expect((await client.whoami()).device_id).toBe(signedIn.device_id);

    expect(await client.getCapabilities()).toMatchObject({ 'm.room_versions': { default: '12' } });
    expect(await client.isVersionSupported('v1.11')).toBe(true);
    expect(await client.doesServerSupportExtendedProfiles()).toBe(true);
    await client.setDisplayName('Sophie');
    await client.setExtendedProfileProperty('m.tz', 'Europe/Berlin');
    expect(await client.getExtendedProfile('@sophie:byline.test')).toEqual({
      displayname: 'Sophie',
      'm.tz': 'Europe/Berlin',
    });

    const auth = { type: 'm.login.password', identifier: { type: 'm.id.user', user: 'sophie' }, password: PASSWORD };
    const { login_token } = await client.requestLoginToken(auth).then(requireToken);
    const other = await newcomer.loginRequest({ type: 'm.login.token', token: login_token });
    expect(other).toMatchObject({
      user_id: '@sophie:byline.test',
      device_id: expect.not.stringMatching(signedIn.device_id),
    });
    expect((await client.getDevices()).devices).toHaveLength(2);
    expect(await client.getOpenIdToken()).toMatchObject({ token_type: 'Bearer', matrix_server_name: 'byline.test' });
    expect(await client.turnServer()).toEqual({});
    expect(await client.getThirdpartyProtocols()).toEqual({});

    await client.logout();
    await expect(client.whoami()).rejects.toMatchObject({ errcode: 'M_UNKNOWN_TOKEN' });
  });
});

const requireToken = (answer: object): { readonly login_token: string } => {
  if ('login_token' in answer && typeof answer.login_token === 'string') return { login_token: answer.login_token };
  throw new Error('There is no token to sign in with.');
};

/** The session that a challenge opens. */
const sessionOf = async (request: Promise<unknown>): Promise<string> => {
  const error: unknown = await request.then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(error instanceof MatrixError) || error.httpStatus !== 401) throw error;
  return String(error.data['session']);
};
