import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signIn, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const GET_TOKEN = '/_matrix/client/v1/login/get_token';
const LOGIN = '/_matrix/client/v3/login';
const WHOAMI = '/_matrix/client/v3/account/whoami';

const proofOf = (person: Person) => ({ type: 'm.login.password', user: person.name, password: person.password });
const whoIs = (person: Person) => `/_matrix/client/v3/admin/whois/${encodeURIComponent(person.userId)}`;
const openIdOf = (person: Person) =>
  `/_matrix/client/v3/user/${encodeURIComponent(person.userId)}/openid/request_token`;

const tokenOf = async (person: Person): Promise<string> =>
  (await person.expectOk.post<{ login_token: string }>(GET_TOKEN, { auth: proofOf(person) })).login_token;

describe.each(ENGINES)('what a signed-in device can vouch for, on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let chief: Person;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    chief = await signUpAdministrator(server, 'chief');
    [ada, bob] = [await signUp(server, 'ada'), await signUp(server, 'bob')];
  });
  afterAll(() => server.dispose());

  const ownerOf = (token: string) =>
    caller(server).get(`/_matrix/federation/v1/openid/userinfo?access_token=${encodeURIComponent(token)}`);
  const loginBy = (token: string) => caller(server).post(LOGIN, { type: 'm.login.token', token });

  describe('a token to sign in with', () => {
    test('signs one device in, once', async () => {
      const { expires_in_ms } = await ada.expectOk.post<{ expires_in_ms: number }>(GET_TOKEN, { auth: proofOf(ada) });
      expect(expires_in_ms).toBe(120_000);
      const token = await tokenOf(ada);
      const replies = await Promise.all([loginBy(token), loginBy(token)]);
      expect(replies.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 403]);
      const { body } = replies.find(({ status }) => status === 200) ?? {};
      expect(body).toMatchObject({ user_id: ada.userId });
      expect(body?.['device_id']).not.toBe(ada.deviceId);
      expect(await caller(server, String(body?.['access_token'])).expectOk.get(WHOAMI)).toMatchObject({
        user_id: ada.userId,
      });
    });

    test('is given only for the password, each time', async () => {
      const challenge = await ada.post<{ session: string }>(GET_TOKEN);
      expect(challenge).toMatchObject({ status: 401, body: { flows: [{ stages: ['m.login.password'] }] } });
      const auth = { ...proofOf(ada), session: challenge.body.session };
      expect((await ada.post(GET_TOKEN, { auth: { ...auth, password: 'wrong' } })).status).toBe(401);
      await ada.expectOk.post(GET_TOKEN, { auth });
      expect((await ada.post(GET_TOKEN, { auth: { session: challenge.body.session } })).status).toBe(401);
    });

    test('ends with its time, and with the device that made it', async () => {
      const late = await tokenOf(ada);
      clock.advance(120_000);
      expect(await loginBy(late)).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
      const other = await signIn(server, 'ada');
      const orphan = await tokenOf(other);
      await other.expectOk.post('/_matrix/client/v3/logout');
      expect(await loginBy(orphan)).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
    });

    test('clients are told that there is such a thing', async () => {
      const { capabilities } = await ada.expectOk.get<{ capabilities: object }>('/_matrix/client/v3/capabilities');
      expect(capabilities).toMatchObject({ 'm.get_login_token': { enabled: true } });
    });
  });

  describe('who somebody is', () => {
    test('can be asked by another service with a token that opens nothing else', async () => {
      const issued = await ada.expectOk.post<{ access_token: string }>(openIdOf(ada));
      expect(issued).toEqual({
        access_token: expect.stringMatching(/^[\w-]{43}$/),
        token_type: 'Bearer',
        matrix_server_name: 'byline.test',
        expires_in: 3_600,
      });
      for (const _again of [1, 2])
        expect(await ownerOf(issued.access_token)).toEqual({ status: 200, body: { sub: ada.userId } });
      expect((await caller(server, issued.access_token).get(WHOAMI)).status).toBe(401);
      expect((await ownerOf(ada.token)).status).toBe(401);
      clock.advance(3_600_000);
      expect(await ownerOf(issued.access_token)).toMatchObject({ status: 401, body: { errcode: 'M_UNKNOWN_TOKEN' } });
    });

    test('is shown by oneself alone, as long as one has an account', async () => {
      expect(await ada.post(openIdOf(bob))).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
      expect(await caller(server).get('/_matrix/federation/v1/openid/userinfo')).toMatchObject({
        status: 400,
        body: { errcode: 'M_MISSING_PARAM' },
      });
      const carol = await signUp(server, 'carol');
      const { access_token } = await carol.expectOk.post<{ access_token: string }>(openIdOf(carol));
      await carol.expectOk.post('/_matrix/client/v3/account/deactivate', { auth: proofOf(carol) });
      expect((await ownerOf(access_token)).status).toBe(401);
    });
  });

  describe('when devices were last seen', () => {
    test('is told to oneself and to administrators, and never where they were', async () => {
      const expected = {
        user_id: bob.userId,
        devices: { [bob.deviceId]: { sessions: [{ connections: [{ last_seen: expect.any(Number) }] }] } },
      };
      expect(await bob.expectOk.get(whoIs(bob))).toEqual(expected);
      expect(await chief.expectOk.get(whoIs(bob))).toEqual(expected);
    });

    test('is told to nobody else, who learns not even whether there is such a person', async () => {
      for (const userId of [bob.userId, '@nobody:byline.test'])
        expect(await ada.get(`/_matrix/client/v3/admin/whois/${userId}`)).toMatchObject({
          status: 403,
          body: { errcode: 'M_FORBIDDEN' },
        });
      expect((await chief.get('/_matrix/client/v3/admin/whois/@nobody:byline.test')).status).toBe(404);
    });
  });

  test('there is no TURN server and no other network, which is said plainly', async () => {
    for (const path of ['/voip/turnServer', '/thirdparty/protocols'])
      for (const version of ['v3', 'r0'])
        expect(await ada.get(`/_matrix/client/${version}${path}`)).toEqual({ status: 200, body: {} });
    expect(await ada.expectOk.get('/_matrix/client/v3/account/3pid')).toEqual({ threepids: [] });
  });
});
