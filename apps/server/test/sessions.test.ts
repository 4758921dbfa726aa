import { Engine } from '@byline/server/platform/engine/engine.ts';
import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const LOGIN = '/_matrix/client/v3/login';
const REFRESH = '/_matrix/client/v3/refresh';
const WHOAMI = '/_matrix/client/v3/account/whoami';
const DEVICES = '/_matrix/client/v3/devices';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in_ms: number;
  readonly device_id: string;
}

/** All that the database of a stopped server holds of accounts and devices. */
const everythingIn = async ({ config }: TestServer): Promise<string> => {
  const engine = await Engine.open({ ...config, onConnectionLost: () => undefined });
  const tables = ['users', 'devices', 'access_tokens'].map((table) =>
    sql`select * from ${sql.table(table)}`.execute(engine.reader),
  );
  const text = JSON.stringify((await Promise.all(tables)).map(({ rows }) => rows));
  await engine.close();
  return text;
};

describe.each(ENGINES)('sessions on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let ada: Person;

  const anyone = () => caller(server);
  const loginAs = (body: object) => anyone().post<Tokens>(LOGIN, { type: 'm.login.password', ...body });
  const whoAmI = (token: string) => caller(server, token).get(WHOAMI);
  const signInRefreshing = async (name: string): Promise<Tokens> => {
    const answer = await loginAs({ user: name, password: `the password of ${name}`, refresh_token: true });
    expect(answer.status).toBe(200);
    return answer.body;
  };

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  test('the ways to sign in are listed', async () => {
    const flows = { flows: [{ type: 'm.login.password' }, { type: 'm.login.token', get_login_token: true }] };
    expect(await anyone().expectOk.get(LOGIN)).toEqual(flows);
    expect(await anyone().expectOk.get('/_matrix/client/r0/login')).toEqual(flows);
  });

  test.each([
    ['a localpart', { identifier: { type: 'm.id.user', user: 'ada' } }],
    ['a user id', { identifier: { type: 'm.id.user', user: '@ada:byline.test' } }],
    ['capitals', { identifier: { type: 'm.id.user', user: 'Ada' } }],
    ['the older field', { user: 'ada' }],
    ['the older field with a user id', { user: '@ada:byline.test' }],
  ])('somebody signs in by %s', async (_by, names) => {
    const { status, body } = await loginAs({ ...names, password: ada.password });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user_id: ada.userId, access_token: expect.stringMatching(/^byl_[\w-]{43}$/) });
    expect(body).not.toHaveProperty('refresh_token');
    expect(await whoAmI(body.access_token)).toEqual({
      status: 200,
      body: { user_id: ada.userId, device_id: body.device_id, is_guest: false },
    });
  });

  test.each([
    ['a wrong password', { user: 'ada', password: 'not the password' }],
    ['nobody’s name', { user: 'nobody', password: 'not the password' }],
    ['a name that none can have', { user: 'n o b o d y', password: 'not the password' }],
    ['a user of another server', { user: '@ada:elsewhere.test', password: 'the password of ada' }],
    ['an address', { identifier: { type: 'm.id.thirdparty', medium: 'email', address: 'a@b.test' }, password: 'x' }],
  ])('%s is refused with one and the same answer', async (_what, body) => {
    expect(await loginAs(body)).toEqual({
      status: 403,
      body: { errcode: 'M_FORBIDDEN', error: 'The name or the password is not right.' },
    });
  });

  test.each([
    ['another way to sign in', { type: 'm.login.sso', token: 'x' }, 400, 'M_UNKNOWN'],
    ['no token', { type: 'm.login.token' }, 400, 'M_MISSING_PARAM'],
    ['a token that is made up', { type: 'm.login.token', token: 'x' }, 403, 'M_FORBIDDEN'],
    ['no password', { type: 'm.login.password', user: 'ada' }, 400, 'M_MISSING_PARAM'],
    ['nobody', { type: 'm.login.password', password: 'x' }, 400, 'M_MISSING_PARAM'],
    ['no type', { user: 'ada', password: 'x' }, 400, 'M_MISSING_PARAM'],
    ['a password that is a number', { type: 'm.login.password', user: 'ada', password: 1 }, 400, 'M_BAD_JSON'],
  ])('a sign-in with %s is refused', async (_what, body, status, errcode) => {
    expect(await anyone().post(LOGIN, body)).toMatchObject({ status, body: { errcode } });
  });

  test('a token that was never given is not known', async () => {
    expect(await whoAmI('byl_made-up')).toMatchObject({
      status: 401,
      body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false },
    });
    expect(await anyone().get(WHOAMI)).toMatchObject({ status: 401, body: { errcode: 'M_MISSING_TOKEN' } });
  });

  test('a device that signs in again keeps its name, and its older token ends', async () => {
    const device = { device_id: 'PHONE', initial_device_display_name: 'Ada’s phone' };
    const first = await loginAs({ user: 'ada', password: ada.password, ...device });
    expect((await whoAmI(first.body.access_token)).status).toBe(200);
    const again = { ...device, initial_device_display_name: 'Something else' };
    const second = await loginAs({ user: 'ada', password: ada.password, ...again });
    expect(second.body.device_id).toBe('PHONE');
    expect(await whoAmI(first.body.access_token)).toMatchObject({ status: 401, body: { soft_logout: false } });
    const phone = await caller(server, second.body.access_token).expectOk.get(`${DEVICES}/PHONE`);
    expect(phone).toMatchObject({ device_id: 'PHONE', display_name: 'Ada’s phone', last_seen_ts: clock.now() });
  });

  test('tokens are kept only as hashes, and outlive a restart', async () => {
    const fresh = await startWholeServer(engine);
    const person = await signUp(fresh, 'grace');
    await fresh.stop();
    expect(await everythingIn(fresh)).not.toContain(person.token.slice('byl_'.length));
    const restarted = await fresh.restart();
    expect(await caller(restarted, person.token).expectOk.get(WHOAMI)).toMatchObject({ user_id: person.userId });
    await restarted.dispose();
  });

  describe('signing out', () => {
    test('ends this device alone', async () => {
      await signUp(server, 'bob');
      const [one, other] = [await signIn(server, 'bob'), await signIn(server, 'bob')];
      await one.expectOk.post('/_matrix/client/v3/logout');
      expect(await one.get(WHOAMI)).toMatchObject({
        status: 401,
        body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false },
      });
      expect((await other.get(WHOAMI)).status).toBe(200);
      const { devices } = await other.expectOk.get<{ devices: { device_id: string }[] }>(DEVICES);
      expect(devices.map(({ device_id }) => device_id)).not.toContain(one.deviceId);
    });

    test('ends all devices', async () => {
      const one = await signUp(server, 'carol');
      const other = await signIn(server, 'carol');
      await one.expectOk.post('/_matrix/client/v3/logout/all');
      for (const person of [one, other]) expect((await person.get(WHOAMI)).status).toBe(401);
    });
  });

  describe('refreshing', () => {
    beforeAll(async () => {
      await signUp(server, 'rita');
    });

    test('an access token ends after its time, and asks softly for a refresh', async () => {
      const tokens = await signInRefreshing('rita');
      expect(tokens.refresh_token).toMatch(/^bylr_[\w-]{43}$/);
      clock.advance(tokens.expires_in_ms - 1);
      expect((await whoAmI(tokens.access_token)).status).toBe(200);
      clock.advance(1);
      expect(await whoAmI(tokens.access_token)).toMatchObject({
        status: 401,
        body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: true },
      });
      const fresh = await anyone().expectOk.post<Tokens>(REFRESH, { refresh_token: tokens.refresh_token });
      expect(await whoAmI(fresh.access_token)).toMatchObject({ status: 200, body: { device_id: tokens.device_id } });
    });

    test('old tokens stay good until a new one is used', async () => {
      const old = await signInRefreshing('rita');
      const lost = await anyone().expectOk.post<Tokens>(REFRESH, { refresh_token: old.refresh_token });
      expect((await whoAmI(old.access_token)).status).toBe(200);
      const arrived = await anyone().expectOk.post<Tokens>(REFRESH, { refresh_token: old.refresh_token });
      expect((await whoAmI(lost.access_token)).status).toBe(401);
      expect((await whoAmI(old.access_token)).status).toBe(200);
      expect((await whoAmI(arrived.access_token)).status).toBe(200);
      expect((await whoAmI(old.access_token)).status).toBe(401);
      expect(await anyone().post(REFRESH, { refresh_token: old.refresh_token })).toMatchObject({
        status: 401,
        body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false },
      });
      expect((await anyone().post(REFRESH, { refresh_token: lost.refresh_token })).status).toBe(401);
    });

    test('using the new refresh token ends the old one too', async () => {
      const first = await signInRefreshing('rita');
      expect((await whoAmI(first.access_token)).status).toBe(200);
      const second = await anyone().expectOk.post<Tokens>(REFRESH, { refresh_token: first.refresh_token });
      const third = await anyone().expectOk.post<Tokens>(REFRESH, { refresh_token: second.refresh_token });
      expect((await anyone().post(REFRESH, { refresh_token: first.refresh_token })).status).toBe(401);
      expect((await whoAmI(first.access_token)).status).toBe(401);
      expect((await whoAmI(third.access_token)).status).toBe(200);
    });

    test('of two refreshes at once one pair of tokens stays', async () => {
      const { refresh_token } = await signInRefreshing('rita');
      const pairs = await Promise.all([1, 2].map(() => anyone().expectOk.post<Tokens>(REFRESH, { refresh_token })));
      const statuses: number[] = [];
      for (const pair of pairs) statuses.push((await whoAmI(pair.access_token)).status);
      expect(new Set(statuses)).toEqual(new Set([200, 401]));
    });

    test('a refresh token that was not used for long ends softly; the device can sign in again', async () => {
      const tokens = await signInRefreshing('rita');
      clock.advance(91 * DAY);
      expect(await anyone().post(REFRESH, { refresh_token: tokens.refresh_token })).toMatchObject({
        status: 401,
        body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: true },
      });
      const again = await loginAs({ user: 'rita', password: 'the password of rita', device_id: tokens.device_id });
      expect(again.body.device_id).toBe(tokens.device_id);
    });

    test('signing out ends the refresh token', async () => {
      const tokens = await signInRefreshing('rita');
      await caller(server, tokens.access_token).expectOk.post('/_matrix/client/v3/logout');
      expect((await anyone().post(REFRESH, { refresh_token: tokens.refresh_token })).status).toBe(401);
    });
  });

  describe('devices', () => {
    let dora: Person;
    beforeAll(async () => {
      dora = await signUp(server, 'dora');
    });

    test('can be read and renamed, each by its owner', async () => {
      const path = `${DEVICES}/${dora.deviceId}`;
      await dora.expectOk.put(path, { display_name: 'Desk' });
      await dora.expectOk.put(path, {});
      expect(await dora.expectOk.get(path)).toMatchObject({ device_id: dora.deviceId, display_name: 'Desk' });
      expect(await ada.get(path)).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
      expect(await ada.put(path, { display_name: 'Mine' })).toMatchObject({ status: 404 });
      expect(await dora.put(path, { display_name: 'x'.repeat(300) })).toMatchObject({ status: 400 });
    });

    test('when one was last seen is told, and outlives a restart', async () => {
      const testClock = makeTestClock();
      const fresh = await startWholeServer(engine, { clock: testClock });
      const person = await signUp(fresh, 'eve');
      const signedIn = testClock.now();
      const seen = async (by: TestServer) =>
        (await caller(by, person.token).expectOk.get<{ last_seen_ts: number }>(`${DEVICES}/${person.deviceId}`))
          .last_seen_ts;
      testClock.advance(HOUR / 6 - 1);
      expect(await seen(fresh)).toBe(signedIn);
      testClock.advance(1);
      expect(await seen(fresh)).toBe(testClock.now());
      await fresh.stop();
      const restarted = await fresh.restart();
      testClock.advance(1);
      expect(await seen(restarted)).toBe(testClock.now() - 1);
      await restarted.dispose();
    });

    test('are forgotten only with the password', async () => {
      const other = await signIn(server, 'dora');
      const path = `${DEVICES}/${other.deviceId}`;
      const challenge = await dora.delete<{ session: string }>(path);
      expect(challenge).toMatchObject({ status: 401, body: { flows: [{ stages: ['m.login.password'] }] } });
      const auth = { type: 'm.login.password', session: challenge.body.session, user: 'dora' };
      expect(await dora.delete(path, { auth: { ...auth, password: 'wrong' } })).toMatchObject({
        status: 401,
        body: { errcode: 'M_FORBIDDEN', session: challenge.body.session },
      });
      expect((await other.get(WHOAMI)).status).toBe(200);
      await dora.expectOk.delete(path, { auth: { ...auth, password: dora.password } });
      expect((await other.get(WHOAMI)).status).toBe(401);
      expect((await dora.get(path)).status).toBe(404);
    });

    test('somebody else’s password does not do', async () => {
      const auth = { type: 'm.login.password', user: 'ada', password: ada.password };
      expect(await dora.delete(`${DEVICES}/${dora.deviceId}`, { auth })).toMatchObject({
        status: 401,
        body: { errcode: 'M_FORBIDDEN' },
      });
    });

    test('what was confirmed for one device holds for no other', async () => {
      const [one, other] = [await signIn(server, 'dora'), await signIn(server, 'dora')];
      const { body } = await dora.delete<{ session: string }>(`${DEVICES}/${one.deviceId}`);
      const auth = { type: 'm.login.password', session: body.session, user: 'dora', password: dora.password };
      expect(await dora.delete(`${DEVICES}/${other.deviceId}`, { auth })).toMatchObject({ status: 403 });
      expect((await other.get(WHOAMI)).status).toBe(200);
    });

    test('several are forgotten at once; unknown ones are no fault', async () => {
      const [one, other] = [await signIn(server, 'dora'), await signIn(server, 'dora')];
      const auth = {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: 'dora' },
        password: dora.password,
      };
      const devices = [one.deviceId, other.deviceId, 'UNKNOWN'];
      await dora.expectOk.post('/_matrix/client/v3/delete_devices', { devices, auth });
      for (const person of [one, other]) expect((await person.get(WHOAMI)).status).toBe(401);
      expect((await dora.get(WHOAMI)).status).toBe(200);
      await dora.expectOk.post('/_matrix/client/v3/delete_devices', { devices: [], auth });
      expect(await dora.post('/_matrix/client/v3/delete_devices', { auth })).toMatchObject({
        status: 400,
        body: { errcode: 'M_MISSING_PARAM' },
      });
    });
  });
});
