import { caller, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const REGISTER = '/_matrix/client/v3/register';
const PASSWORD = 'a password to sign up with';

interface Challenge {
  readonly session: string;
  readonly completed?: readonly string[];
  readonly params: { 'm.login.terms': { policies: { rules: Record<string, { name: string; url: string }> } } };
}

describe.each(ENGINES)('sign-up on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    await signUp(server, 'taken');
  });
  afterAll(() => server.dispose());

  const post = (body: object, query = '') => caller(server).post<Challenge>(`${REGISTER}${query}`, body);
  const begin = async (body: object): Promise<string> => (await post(body)).body.session;
  const stage = (session: string, type: string, body: object = {}) => post({ ...body, auth: { type, session } });

  test('asks to agree to the rules first, in every language', async () => {
    const { status, body } = await post({ username: 'first', password: PASSWORD });
    expect(status).toBe(401);
    expect(body).toMatchObject({ flows: [{ stages: ['m.login.terms', 'm.login.dummy'] }] });
    const { version, ...languages } = body.params['m.login.terms'].policies.rules ?? {};
    expect(version).toBe('1');
    expect(Object.keys(languages)).toEqual(['en', 'zh-Hans']);
    for (const { url } of Object.values(languages)) {
      const page = await fetch(`${server.url}${new URL(url).pathname}`);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await page.text()).toContain('<h1>');
    }
  });

  test('goes through its stages in their order, and signs the device in', async () => {
    const account = { username: 'lin', password: PASSWORD, device_id: 'PHONE', initial_device_display_name: 'Phone' };
    const session = await begin(account);
    expect((await stage(session, 'm.login.dummy', account)).body.completed).toBeUndefined();
    const agreed = await stage(session, 'm.login.terms', account);
    expect(agreed).toMatchObject({ status: 401, body: { session, completed: ['m.login.terms'] } });
    expect((await stage(session, 'm.login.terms', account)).body.completed).toEqual(['m.login.terms']);
    const { status, body } = await stage(session, 'm.login.dummy', account);
    expect(status).toBe(200);
    expect(body).toEqual({ user_id: '@lin:byline.test', device_id: 'PHONE', access_token: expect.any(String) });
    expect(await caller(server, Object(body).access_token).expectOk.get('/_byline/v1/me')).toMatchObject({
      rules: { version: 1, agreed_version: 1 },
    });
  });

  test('later requests of a session may leave out what the first one said', async () => {
    const session = await begin({ username: 'brief', password: PASSWORD, inhibit_login: true });
    await stage(session, 'm.login.terms');
    const { status, body } = await stage(session, 'm.login.dummy');
    expect({ status, body }).toEqual({ status: 200, body: { user_id: '@brief:byline.test' } });
  });

  test('a session can begin before a name is chosen', async () => {
    const session = await begin({});
    await stage(session, 'm.login.terms', { username: 'later', password: PASSWORD });
    expect((await stage(session, 'm.login.dummy')).body).toMatchObject({ user_id: '@later:byline.test' });
  });

  test('a session does not change what it is for', async () => {
    const session = await begin({ username: 'mallory', password: PASSWORD });
    expect(await stage(session, 'm.login.terms', { username: 'mallory2' })).toMatchObject({
      status: 403,
      body: { errcode: 'M_FORBIDDEN' },
    });
  });

  test('a session that is not known any more begins again', async () => {
    const session = await begin({ username: 'slow', password: PASSWORD });
    clock.advance(16 * 60_000);
    const { status, body } = await stage(session, 'm.login.terms', { username: 'slow', password: PASSWORD });
    expect(status).toBe(401);
    expect(body.session).not.toBe(session);
    expect(body.completed).toBeUndefined();
  });

  test('gives a name to who asks for none, and tokens that can be refreshed to who asks', async () => {
    const session = await begin({ password: PASSWORD, refresh_token: true });
    await stage(session, 'm.login.terms');
    expect((await stage(session, 'm.login.dummy')).body).toMatchObject({
      user_id: expect.stringMatching(/^@[a-z]{12}:byline\.test$/),
      refresh_token: expect.stringMatching(/^bylr_/),
      expires_in_ms: expect.any(Number),
    });
  });

  test('takes capitals as small letters', async () => {
    const person = await signUp(server, 'McCarthy');
    expect(person.userId).toBe('@mccarthy:byline.test');
  });

  test.each([
    ['a taken name', { username: 'taken', password: PASSWORD }, 400, 'M_USER_IN_USE'],
    ['a taken name in capitals', { username: 'TAKEN', password: PASSWORD }, 400, 'M_USER_IN_USE'],
    ['a name with a space', { username: 'no way', password: PASSWORD }, 400, 'M_INVALID_USERNAME'],
    ['a name in another script', { username: '李', password: PASSWORD }, 400, 'M_INVALID_USERNAME'],
    ['an empty name', { username: '', password: PASSWORD }, 400, 'M_INVALID_USERNAME'],
    ['a name that is too long', { username: 'x'.repeat(200), password: PASSWORD }, 400, 'M_INVALID_USERNAME'],
    ['a name that is no text', { username: 7, password: PASSWORD }, 400, 'M_BAD_JSON'],
  ])('refuses %s before anything else', async (_what, body, status, errcode) => {
    expect(await post(body)).toMatchObject({ status, body: { errcode } });
  });

  test.each([
    ['a short password', { password: 'seven77' }, 'M_WEAK_PASSWORD'],
    ['no password', {}, 'M_MISSING_PARAM'],
  ])('refuses %s', async (_what, body, errcode) => {
    const session = await begin({ username: 'weak', ...body });
    await stage(session, 'm.login.terms');
    expect(await stage(session, 'm.login.dummy')).toMatchObject({ status: 400, body: { errcode } });
    expect((await caller(server).get(`${REGISTER}/available?username=weak`)).status).toBe(200);
  });

  test('of two who take a name at once, one gets it', async () => {
    const sessions = await Promise.all([1, 2].map(() => begin({ username: 'race', password: PASSWORD })));
    for (const session of sessions) await stage(session, 'm.login.terms');
    const answers = await Promise.all(sessions.map((session) => stage(session, 'm.login.dummy')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]));
  });

  test('refuses guests, and kinds of account that there are not', async () => {
    expect(await post({}, '?kind=guest')).toMatchObject({ status: 403, body: { errcode: 'M_GUEST_ACCESS_FORBIDDEN' } });
    expect(await post({}, '?kind=admin')).toMatchObject({ status: 400, body: { errcode: 'M_UNKNOWN' } });
  });

  test('says whether a name is free', async () => {
    const ask = (name: string) => caller(server).get(`${REGISTER}/available?username=${encodeURIComponent(name)}`);
    expect(await ask('free')).toEqual({ status: 200, body: { available: true } });
    expect(await ask('taken')).toMatchObject({ status: 400, body: { errcode: 'M_USER_IN_USE' } });
    expect(await ask('no way')).toMatchObject({ status: 400, body: { errcode: 'M_INVALID_USERNAME' } });
    expect(await caller(server).get(`${REGISTER}/available`)).toMatchObject({
      status: 400,
      body: { errcode: 'M_MISSING_PARAM' },
    });
  });

  test('a closed server takes only its first administrator, by the token of the link', async () => {
    const closed = await startWholeServer(engine, { settings: { BYLINE_REGISTRATION: 'closed' } });
    const anyone = caller(closed);
    const token = new URL((await closed.setupLink()) ?? '').hash.slice(1);
    const account = { username: 'root', password: PASSWORD };
    const { body: challenge } = await anyone.post<Challenge>(REGISTER, account);
    const auth = { session: challenge.session, type: 'm.login.registration_token' };
    const validity = '/_matrix/client/v1/register/m.login.registration_token/validity';
    expect(await anyone.expectOk.get(`${validity}?token=${token}`)).toEqual({ valid: true });
    expect(await anyone.expectOk.get(`${validity}?token=guessed`)).toEqual({ valid: false });
    await anyone.post(REGISTER, { auth: { session: challenge.session, type: 'm.login.terms' } });
    expect(await anyone.post(REGISTER, { auth: { ...auth, token: 'guessed' } })).toMatchObject({
      status: 401,
      body: { errcode: 'M_UNAUTHORIZED', completed: ['m.login.terms'] },
    });
    const root = await anyone.expectOk.post<{ access_token: string }>(REGISTER, { auth: { ...auth, token } });
    await caller(closed, root.access_token).expectOk.post('/_byline/v1/setup', { token });
    expect(await anyone.post(REGISTER, { username: 'second', password: PASSWORD })).toMatchObject({
      status: 403,
      body: { errcode: 'M_FORBIDDEN' },
    });
    await closed.dispose();
  });

  test('who signs up after new rules agrees to those', async () => {
    const admin = await signUpAdministrator(server, 'chief');
    const { texts } = await admin.expectOk.get<{ texts: unknown }>('/_byline/v1/rules');
    const session = await begin({ username: 'between', password: PASSWORD });
    await stage(session, 'm.login.terms');
    await admin.expectOk.post('/_byline/v1/rules', { texts });
    const again = await stage(session, 'm.login.dummy');
    expect(again.status).toBe(401);
    expect(again.body.completed).toBeUndefined();
    const late = await signUp(server, 'between');
    expect(await late.expectOk.get('/_byline/v1/me')).toMatchObject({ rules: { version: 2, agreed_version: 2 } });
  });
});
