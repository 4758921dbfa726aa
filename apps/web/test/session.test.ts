import { RulesChanged } from '@byline/client/session/sign-up.ts';
import { Session } from '@byline/client/session/session.ts';
import type { SessionState } from '@byline/client/session/session.ts';
import { keptInMemory } from '@byline/client/kept-text.ts';
import { once } from '@byline/client/observable.ts';
import { isApiError } from '@byline/client/api/errors.ts';
import { changePassword, whoAmI } from '@byline/protocol/matrix/account.ts';
import { deleteDevice } from '@byline/protocol/matrix/devices.ts';
import { startTestServer } from '@byline/testkit/byline.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A clock that tests put forward; the server and the app live by the same one. */
let now = Date.now();
let server: TestServer;

afterAll(() => server.dispose());

const texts = () => new Map<string, string>();
const newSession = (kept = texts()) => new Session({ baseUrl: server.url, kept: keptInMemory(kept), now: () => now });
const accountOf = (state: SessionState) => {
  if (state.status !== 'signed-in') throw new Error('nobody is signed in');
  return state.account;
};
const anna = {
  name: 'Anna Bright',
  username: 'anna',
  password: 'a rather long word',
  rulesVersion: 1,
  deviceName: 'the test',
};

beforeAll(async () => {
  server = await startTestServer({ clock: { now: () => now } });
  await newSession().signUp(anna);
});

it('opens an account after its owner agreed to the rules, and is there again after a reload', async () => {
  const kept = texts();
  const session = newSession(kept);
  expect(session.state.get()).toEqual({ status: 'signed-out', why: 'never' });
  await session.signUp({ ...anna, username: 'Otto' });
  const account = accountOf(session.state.get());
  expect(account.userId).toBe('@otto:byline.test');
  const me = await account.me.reload();
  expect(me.value).toMatchObject({ roles: [], rules: { version: 1, agreed_version: 1 } });
  expect(accountOf(newSession(kept).state.get()).deviceId).toBe(account.deviceId);
});

it('does not open one when the rules that were read hold no more, and says what else is wrong by a code', async () => {
  const session = newSession();
  const outdated = session.signUp({ ...anna, username: 'berta', rulesVersion: 7 });
  await expect(outdated).rejects.toThrow(RulesChanged);
  await expect(session.signUp(anna)).rejects.toMatchObject({ code: 'M_USER_IN_USE' });
  const wrong = session.signIn({ username: 'anna', password: 'not hers', deviceName: 'the test' });
  await expect(wrong).rejects.toMatchObject({ code: 'M_FORBIDDEN' });
  expect(session.state.get().status).toBe('signed-out');
});

it('renews its tokens before and after they end, once for all requests', async () => {
  const kept = texts();
  const session = newSession(kept);
  await session.signIn({ ...anna, deviceName: 'another' });
  const before = kept.get('byline.session');
  now += 2 * 60 * 60_000;
  const answers = await Promise.all([session.api.call(whoAmI), session.api.call(whoAmI), session.api.call(whoAmI)]);
  expect(new Set(answers.map(({ user_id }) => user_id))).toEqual(new Set(['@anna:byline.test']));
  expect(kept.get('byline.session')).not.toBe(before);
});

it('takes the tokens that another tab has renewed', async () => {
  const kept = texts();
  const [one, other] = [newSession(kept), newSession(kept)];
  await one.signIn({ ...anna, deviceName: 'tabs' });
  const late = newSession(kept);
  now += 2 * 60 * 60_000;
  await one.api.call(whoAmI);
  await late.api.call(whoAmI);
  expect(other.state.get().status).toBe('signed-out');
  expect(accountOf(late.state.get()).deviceId).toBe(accountOf(one.state.get()).deviceId);
});

it('ends when the device was signed out elsewhere', async () => {
  await signUp(server, 'carla');
  const session = newSession();
  await session.signIn({ username: 'carla', password: 'the password of carla', deviceName: 'lost' });
  const { deviceId } = accountOf(session.state.get());
  const elsewhere = await signIn(server, 'carla');
  const path = `/_matrix/client/v3/devices/${deviceId}`;
  const { body } = await elsewhere.delete<{ session: string }>(path, {});
  const auth = { type: 'm.login.password', session: body.session, password: elsewhere.password };
  await elsewhere.expectOk.delete(path, { auth });
  await expect(session.api.call(whoAmI)).rejects.toMatchObject({ code: 'M_UNKNOWN_TOKEN' });
  expect(session.state.get()).toEqual({ status: 'signed-out', why: 'ended' });
});

it('asks for what the server wants shown', async () => {
  const session = newSession();
  await session.signIn({ ...anna, deviceName: 'careful' });
  const asked = session.api.call(changePassword, { body: { new_password: 'something long enough' } });
  await expect(asked).rejects.toMatchObject({ challenge: { flows: [{ stages: ['m.login.password'] }] } });
  const gone = session.api.call(deleteDevice, { params: { deviceId: accountOf(session.state.get()).deviceId } });
  await expect(gone).rejects.toMatchObject({ name: 'AuthenticationNeeded' });
});

it('starts a Matrix client that gets the news, and stops it at the end', async () => {
  const session = newSession();
  await session.signIn({ ...anna, deviceName: 'talker' });
  const account = accountOf(session.state.get());
  const client = await account.matrix();
  await once(account.connection, (connection) => connection === 'online');
  expect([client.getUserId(), client.isInitialSyncComplete()]).toEqual([account.userId, true]);
  await session.signOut();
  expect(session.state.get()).toEqual({ status: 'signed-out', why: 'left' });
  await expect.poll(() => client.clientRunning).toBe(false);
});

it('says plainly when the server can not be reached', async () => {
  const session = new Session({ baseUrl: 'http://127.0.0.1:9', kept: keptInMemory(texts()) });
  const failed = session.signIn({ ...anna, deviceName: 'far' });
  await expect(failed).rejects.toSatisfy((error: unknown) => isApiError(error, 'UNREACHABLE'));
});
