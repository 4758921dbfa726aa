import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { Localpart, ServerName } from '@byline/protocol';
import { type Deactivation, type ProfileChange, Users } from '@byline/server/features/users/service.ts';
import { UserStore } from '@byline/server/features/users/store.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, startFeatureServer } from './feature-server.ts';
import { startWholeServer } from './whole-server.ts';

const PICTURE = 'mxc://byline.test/picture';
const WHOAMI = '/_matrix/client/v3/account/whoami';

const profile = (person: Person, field = '') => `/_matrix/client/v3/profile/${person.userId}${field}`;
const proof = (person: Person) => ({ type: 'm.login.password', user: person.userId, password: person.password });

/** The localparts of whom somebody finds. */
const search = async (by: Person, term: string, limit?: number) => {
  const answer = await by.expectOk.post<{ results: { user_id: string }[]; limited: boolean }>(
    '/_matrix/client/v3/user_directory/search',
    { search_term: term, ...(limit === undefined ? {} : { limit }) },
  );
  const found = answer.results.map(({ user_id: userId }) => userId.slice(1, userId.indexOf(':')));
  return { found, limited: answer.limited };
};

describe.each(ENGINES)('users on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    ada = await signUp(server, 'ada');
    bob = await signUp(server, 'bob');
  });
  afterAll(() => server.dispose());

  describe('a profile', () => {
    test('is empty at first, and then says what its owner set', async () => {
      expect(await bob.expectOk.get(profile(ada))).toEqual({});
      expect(await bob.get(profile(ada, '/displayname'))).toMatchObject({
        status: 404,
        body: { errcode: 'M_NOT_FOUND' },
      });
      await ada.expectOk.put(profile(ada, '/displayname'), { displayname: 'Ada Lovelace 洛芙莱斯' });
      await ada.expectOk.put(profile(ada, '/avatar_url'), { avatar_url: PICTURE });
      const whole = { displayname: 'Ada Lovelace 洛芙莱斯', avatar_url: PICTURE };
      expect(await bob.expectOk.get(profile(ada))).toEqual(whole);
      expect(await caller(server).expectOk.get(profile(ada))).toEqual(whole);
      expect(await bob.expectOk.get(profile(ada, '/avatar_url'))).toEqual({ avatar_url: PICTURE });
    });

    test('loses a field that is deleted, or set to nothing', async () => {
      await bob.expectOk.put(profile(bob, '/displayname'), { displayname: 'Bob' });
      await bob.expectOk.delete(profile(bob, '/displayname'));
      await bob.expectOk.delete(profile(bob, '/displayname'));
      expect(await bob.expectOk.get(profile(bob))).toEqual({});
      await bob.expectOk.put(profile(bob, '/avatar_url'), { avatar_url: PICTURE });
      await bob.expectOk.put(profile(bob, '/avatar_url'), { avatar_url: '' });
      expect(await bob.expectOk.get(profile(bob))).toEqual({});
    });

    test('has fields of any other name in the specification’s grammar', async () => {
      await bob.expectOk.put(profile(bob, '/m.tz'), { 'm.tz': 'Asia/Shanghai' });
      await bob.expectOk.put(profile(bob, '/org.example.pets'), { 'org.example.pets': [{ cat: 'Tom\u0000' }, null] });
      expect(await ada.expectOk.get(profile(bob))).toEqual({
        'm.tz': 'Asia/Shanghai',
        'org.example.pets': [{ cat: 'Tom\u0000' }, null],
      });
      await bob.expectOk.delete(profile(bob, '/org.example.pets'));
      expect(await ada.expectOk.get(profile(bob))).toEqual({ 'm.tz': 'Asia/Shanghai' });
    });

    test('keeps both of two changes that are made at once', async () => {
      const names = ['a', 'b', 'c', 'd'].map((letter) => `org.example.${letter}`);
      await Promise.all(names.map((name) => bob.expectOk.put(profile(bob, `/${name}`), { [name]: name })));
      expect(await bob.expectOk.get(profile(bob))).toMatchObject(Object.fromEntries(names.map((name) => [name, name])));
    });

    test.each([
      ['without the field', 'displayname', {}, 400, 'M_MISSING_PARAM'],
      ['with a name that is no text', 'displayname', { displayname: 7 }, 400, 'M_BAD_JSON'],
      ['with a name that holds U+0000', 'displayname', { displayname: 'a\u0000' }, 400, 'M_BAD_JSON'],
      ['with a name that is too long', 'displayname', { displayname: 'x'.repeat(257) }, 400, 'M_INVALID_PARAM'],
      ['with a picture from elsewhere', 'avatar_url', { avatar_url: 'https://a.test/b.png' }, 400, 'M_BAD_JSON'],
      ['of a field out of the grammar', 'Nickname', { Nickname: 'x' }, 400, 'M_INVALID_PARAM'],
      ['of a field with a name that is too long', `a.${'b'.repeat(254)}`, { a: 1 }, 400, 'M_KEY_TOO_LARGE'],
      ['that is too large', 'org.example.long', { 'org.example.long': 'x'.repeat(65_536) }, 400, 'M_PROFILE_TOO_LARGE'],
    ])('refuses a change %s', async (_how, name, body, status, errcode) => {
      const before = await ada.expectOk.get(profile(ada));
      const value = errcode === 'M_KEY_TOO_LARGE' ? { [name]: 1 } : body;
      expect(await ada.put(profile(ada, `/${name}`), value)).toMatchObject({ status, body: { errcode } });
      expect(await ada.expectOk.get(profile(ada))).toEqual(before);
    });

    test('is changed by nobody else', async () => {
      for (const reply of [
        await bob.put(profile(ada, '/displayname'), { displayname: 'Eve' }),
        await bob.delete(profile(ada, '/displayname')),
      ])
        expect(reply).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
      expect(await caller(server).put(profile(ada, '/displayname'), { displayname: 'Eve' })).toMatchObject({
        status: 401,
      });
    });

    test('is not there for nobody', async () => {
      const reply = await bob.get('/_matrix/client/v3/profile/@nobody:byline.test');
      expect(reply).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
    });
  });

  describe('the directory', () => {
    beforeAll(async () => {
      for (const [name, displayname] of [
        ['lihua', '李华'],
        ['hua.li', '华丽'],
        ['zhao', '华兆'],
        ['percent', '100% Café'],
        ['xiaoming', 'ＭＩＮＧ'],
      ] as const) {
        const person = await signUp(server, name);
        await person.expectOk.put(profile(person, '/displayname'), { displayname });
      }
    });

    test.each([
      ['a Chinese name', '李华', ['lihua']],
      ['a Chinese sign within a name, those who begin with it first', '华', ['hua.li', 'zhao', 'lihua']],
      ['the beginning of a localpart, which comes first', 'li', ['lihua', 'hua.li']],
      ['a localpart', 'hua', ['hua.li', 'lihua']],
      ['capitals', 'LIHUA', ['lihua']],
      ['a composed letter', 'Cafe\u0301', ['percent']],
      ['wide letters', 'ming', ['xiaoming']],
      ['a sign that SQL reads otherwise', '100%', ['percent']],
      ['only such a sign', '_', []],
      ['spaces', '   ', []],
      ['a name that nobody has', 'zzz', []],
    ])('finds by %s', async (_what, term, found) => {
      expect(await search(bob, term)).toEqual({ found, limited: false });
    });

    test('tells names and pictures, and when there are more', async () => {
      expect(await search(bob, 'hua', 1)).toEqual({ found: ['hua.li'], limited: true });
      expect(await search(bob, 'hua', 0)).toEqual({ found: [], limited: false });
      const { results } = await bob.expectOk.post<{ results: unknown[] }>('/_matrix/client/v3/user_directory/search', {
        search_term: 'lovelace',
      });
      const named = { user_id: ada.userId, display_name: 'Ada Lovelace 洛芙莱斯', avatar_url: PICTURE };
      expect(results).toEqual([named]);
    });
  });

  describe('a password', () => {
    const path = '/_matrix/client/v3/account/password';

    test('is changed with the old one, and the other devices are signed out', async () => {
      const carl = await signUp(server, 'carl');
      const phone = await signIn(server, 'carl');
      const body = { new_password: 'another good password' };
      expect(await carl.post(path, body)).toMatchObject({
        status: 401,
        body: { flows: [{ stages: ['m.login.password'] }] },
      });
      const wrong = { ...body, auth: { ...proof(carl), password: 'wrong' } };
      expect(await carl.post(path, wrong)).toMatchObject({ status: 401, body: { errcode: 'M_FORBIDDEN' } });
      await carl.expectOk.post(path, { ...body, auth: proof(carl) });
      expect((await carl.get(WHOAMI)).status).toBe(200);
      expect(await phone.get(WHOAMI)).toMatchObject({ status: 401, body: { soft_logout: false } });
      await expect(signIn(server, 'carl')).rejects.toThrow('403');
      expect((await signIn(server, 'carl', 'another good password')).userId).toBe(carl.userId);
    });

    test('is changed without signing out who asks for that', async () => {
      const dana = await signUp(server, 'dana');
      const phone = await signIn(server, 'dana');
      await dana.expectOk.post(path, { new_password: 'a new password', logout_devices: false, auth: proof(dana) });
      expect((await phone.get(WHOAMI)).status).toBe(200);
    });

    test('that is weak changes nothing', async () => {
      const emil = await signUp(server, 'emil');
      const reply = await emil.post(path, { new_password: 'short', auth: proof(emil) });
      expect(reply).toMatchObject({ status: 400, body: { errcode: 'M_WEAK_PASSWORD' } });
      expect((await signIn(server, 'emil')).userId).toBe(emil.userId);
    });
  });

  describe('an account', () => {
    test('is closed for good, with the password', async () => {
      const path = '/_matrix/client/v3/account/deactivate';
      const finn = await signUp(server, 'finn');
      await finn.expectOk.put(profile(finn, '/displayname'), { displayname: 'Finn' });
      const phone = await signIn(server, 'finn');
      expect((await finn.post(path, {})).status).toBe(401);
      const auth = { type: 'm.login.password', user: 'finn', password: finn.password };
      expect(await finn.expectOk.post(path, { auth })).toEqual({ id_server_unbind_result: 'success' });

      for (const device of [finn, phone])
        expect(await device.get(WHOAMI)).toMatchObject({
          status: 401,
          body: { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false },
        });
      const login = { type: 'm.login.password', user: 'finn', password: finn.password };
      expect(await caller(server).post('/_matrix/client/v3/login', login)).toMatchObject({
        status: 403,
        body: { errcode: 'M_USER_DEACTIVATED' },
      });
      expect(await caller(server).get('/_matrix/client/v3/register/available?username=finn')).toMatchObject({
        body: { errcode: 'M_USER_IN_USE' },
      });
      expect(await ada.expectOk.get(profile(finn))).toEqual({});
      expect(await search(ada, 'finn')).toEqual({ found: [], limited: false });
    });

    test('has no e-mail addresses and phone numbers', async () => {
      expect(await ada.expectOk.get('/_matrix/client/v3/account/3pid')).toEqual({ threepids: [] });
    });
  });

  test('whoever listens is told of changes and waited for; accounts without a password let nobody in', async () => {
    const feature = await startFeatureServer(engine);
    const users = new Users({
      store: new UserStore(feature.engine),
      clock: feature.clock,
      serverName: ServerName.parse('byline.test'),
    });
    const told: (ProfileChange | Deactivation)[] = [];
    const note = async (change: ProfileChange | Deactivation): Promise<void> => {
      await Promise.resolve();
      told.push(change);
    };
    users.onProfileChange(note);
    users.onDeactivate(note);
    const userId = await users.create({
      localpart: Localpart.parse('gazette'),
      kind: 'public-account',
      displayname: 'Gazette',
    });
    expect(await users.find(userId)).toMatchObject({ kind: 'public-account', deactivated: false });
    await expect(users.requirePassword(userId, '')).rejects.toMatchObject({ code: 'M_FORBIDDEN' });
    expect(await users.search('gazette', 10)).toEqual({ results: [], limited: false });

    await users.setProfileField(userId, 'avatar_url', PICTURE);
    await users.setProfileField(userId, 'm.tz', 'Asia/Shanghai');
    await users.deactivate(userId, true);
    expect(told).toEqual([
      { userId, displayname: 'Gazette', avatarUrl: PICTURE },
      { userId, erase: true },
    ]);
    await feature.dispose();
  });
});
