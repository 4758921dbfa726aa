import { caller, type Person, signIn, signUp, signUpAdministrator } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const ROLE_REQUIRED = { status: 403, body: { errcode: 'BYLINE_ROLE_REQUIRED', role: 'administrator' } };
const STAFF = '/_byline/v1/staff';
const RULES = '/_byline/v1/rules';
const IDENTITY = '/_byline/v1/policy/identity.required';
const DAY = 86_400_000;

interface RulesAnswer {
  readonly version: number;
  readonly texts: Record<'en' | 'zh-Hans', { title: string; clauses: { id: string; binds: string; title: string }[] }>;
}

const me = (person: Person) =>
  person.expectOk.get<{ roles: string[]; policy: object; rules: object }>('/_byline/v1/me');
const use = (by: { readonly post: Person['post'] }, token: string) => by.post('/_byline/v1/setup', { token });
const set = (by: Person, policy: object) => by.put(IDENTITY, policy);

describe.each(ENGINES)('the provider on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let chief: Person;
  let ada: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    chief = await signUpAdministrator(server, 'chief');
    ada = await signUp(server, 'ada');
  });
  afterAll(() => server.dispose());

  describe('the first administrator', () => {
    test('is made by a link that works once, of which the newest counts', async () => {
      const fresh = await startWholeServer(engine);
      const person = await signUp(fresh, 'somebody');
      const tokenOf = async (): Promise<string> => new URL((await fresh.setupLink()) ?? '').hash.slice(1);
      const older = await tokenOf();
      const token = await tokenOf();
      expect(await use(caller(fresh), token)).toMatchObject({ status: 401 });
      expect(await use(person, older)).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
      expect(await use(person, 'guessed')).toMatchObject({ status: 403 });
      expect((await me(person)).roles).toEqual([]);
      expect(await use(person, token)).toEqual({ status: 200, body: { roles: ['administrator'] } });
      expect(await use(await signUp(fresh, 'other'), token)).toMatchObject({ status: 403 });
      expect(await fresh.setupLink()).toBeUndefined();
      await fresh.stop();
      const restarted = await fresh.restart();
      expect(await restarted.setupLink()).toBeUndefined();
      expect(await caller(restarted, person.token).expectOk.get('/_byline/v1/me')).toMatchObject({
        roles: ['administrator'],
      });
      await restarted.dispose();
    });

    test('of two who use the link at once, one is made', async () => {
      const fresh = await startWholeServer(engine);
      const people = [await signUp(fresh, 'one'), await signUp(fresh, 'two')];
      const token = new URL((await fresh.setupLink()) ?? '').hash.slice(1);
      const answers = await Promise.all(people.map((person) => person.post('/_byline/v1/setup', { token })));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]));
      await fresh.dispose();
    });
  });

  describe('the staff', () => {
    test('is named and dismissed by administrators', async () => {
      const path = `${STAFF}/${ada.userId}/reviewer`;
      await chief.expectOk.put(path);
      await chief.expectOk.put(path);
      expect((await me(ada)).roles).toEqual(['reviewer']);
      expect(await chief.expectOk.get(STAFF)).toEqual({
        staff: [
          { user_id: chief.userId, roles: [{ role: 'administrator', granted_at: clock.now() }] },
          { user_id: ada.userId, roles: [{ role: 'reviewer', granted_by: chief.userId, granted_at: clock.now() }] },
        ],
      });
      await chief.expectOk.delete(path);
      await chief.expectOk.delete(path);
      expect((await me(ada)).roles).toEqual([]);
    });

    test('is nobody else’s to see or to change', async () => {
      await chief.expectOk.put(`${STAFF}/${ada.userId}/reviewer`);
      for (const reply of [
        await ada.get(STAFF),
        await ada.put(`${STAFF}/${ada.userId}/administrator`),
        await ada.delete(`${STAFF}/${chief.userId}/administrator`),
      ])
        expect(reply).toMatchObject(ROLE_REQUIRED);
      expect(await caller(server).get(STAFF)).toMatchObject({ status: 401 });
      await chief.expectOk.delete(`${STAFF}/${ada.userId}/reviewer`);
    });

    test('has always an administrator', async () => {
      const own = `${STAFF}/${chief.userId}/administrator`;
      expect(await chief.delete(own)).toMatchObject({ status: 403, body: { errcode: 'M_FORBIDDEN' } });
      const second = await signUp(server, 'second');
      await chief.expectOk.put(`${STAFF}/${second.userId}/administrator`);
      await chief.expectOk.delete(own);
      expect(await chief.get(STAFF)).toMatchObject(ROLE_REQUIRED);
      await second.expectOk.put(own);
      const auth = { type: 'm.login.password', user: 'second', password: second.password };
      await second.expectOk.post('/_matrix/client/v3/account/deactivate', { auth });
      const { staff } = await chief.expectOk.get<{ staff: { user_id: string }[] }>(STAFF);
      expect(staff.map(({ user_id }) => user_id)).toEqual([chief.userId]);
    });

    test('is made of people of this server', async () => {
      for (const userId of ['@nobody:byline.test', '@second:byline.test'])
        expect(await chief.put(`${STAFF}/${userId}/reviewer`)).toMatchObject({ status: 404 });
      expect(await chief.put(`${STAFF}/${ada.userId}/king`)).toMatchObject({ status: 400 });
    });
  });

  describe('the policy identity.required', () => {
    test('is public-accounts at first, for everyone to read', async () => {
      const atFirst = { key: 'identity.required', value: 'public-accounts', upcoming: [], versions: [] };
      const { effective_from: from, ...found } = await caller(server).expectOk.get<{ effective_from?: number }>(
        IDENTITY,
      );
      expect(found).toMatchObject(atFirst);
      expect(from).toBeUndefined();
      expect((await me(ada)).policy).toEqual({ 'identity.required': 'public-accounts' });
    });

    test('is changed by an administrator at once, and stays so', async () => {
      expect(await set(ada, { value: 'everyone' })).toMatchObject(ROLE_REQUIRED);
      expect(await set(chief, { value: 'nobody' })).toMatchObject({
        status: 400,
        body: { errcode: 'M_INVALID_PARAM' },
      });
      const everyone = { value: 'everyone', effective_from: clock.now(), upcoming: [] };
      expect(await set(chief, { value: 'everyone' })).toMatchObject({ status: 200, body: everyone });
      expect((await me(ada)).policy).toEqual({ 'identity.required': 'everyone' });
      await server.stop();
      server = await server.restart();
      expect(await caller(server).expectOk.get(IDENTITY)).toMatchObject(everyone);
      chief = await signIn(server, 'chief');
      ada = await signIn(server, 'ada');
      expect((await set(chief, { value: 'public-accounts' })).body).toMatchObject({ value: 'public-accounts' });
    });

    test('can be decided for later', async () => {
      const later = clock.now() + DAY;
      expect(await set(chief, { value: 'everyone', effective_from: clock.now() - 1 })).toMatchObject({
        status: 400,
        body: { errcode: 'M_INVALID_PARAM' },
      });
      expect((await set(chief, { value: 'everyone', effective_from: later })).body).toMatchObject({
        value: 'public-accounts',
        upcoming: [{ value: 'everyone', effective_from: later }],
      });
      clock.advance(DAY - 1);
      expect((await me(ada)).policy).toEqual({ 'identity.required': 'public-accounts' });
      clock.advance(1);
      expect((await me(ada)).policy).toEqual({ 'identity.required': 'everyone' });
    });
  });

  describe('the rules', () => {
    test('come with seven clauses that bind both sides, the same in both languages', async () => {
      const { version, texts } = await caller(server).expectOk.get<RulesAnswer>(RULES);
      expect(version).toBe(1);
      const shape = texts.en.clauses.map(({ id, binds }) => [id, binds]);
      expect(shape).toHaveLength(7);
      expect(new Set(shape.map(([, binds]) => binds))).toEqual(new Set(['publishers', 'provider']));
      expect(texts['zh-Hans'].clauses.map(({ id, binds }) => [id, binds])).toEqual(shape);
    });

    test('are pages of their own, which keep their version', async () => {
      const page = async (path: string) => {
        const response = await fetch(`${server.url}/_byline/rules/${path}`);
        return {
          status: response.status,
          text: await response.text(),
          policy: response.headers.get('content-security-policy'),
          sniffing: response.headers.get('x-content-type-options'),
        };
      };
      const { texts } = await caller(server).expectOk.get<RulesAnswer>(RULES);
      const english = await page('1/en');
      expect(english.status).toBe(200);
      for (const directive of ['default-src', 'base-uri', 'form-action', 'frame-ancestors'])
        expect(english.policy).toContain(`${directive} 'none'`);
      expect(english.sniffing).toBe('nosniff');
      for (const { title } of texts.en.clauses) expect(english.text).toContain(title);
      expect((await page('1/zh-Hans')).text).toContain('<html lang="zh-Hans">');
      for (const path of ['99/en', '1/fr', 'x/en']) expect([400, 404]).toContain((await page(path)).status);

      const sharp = structuredClone(texts);
      sharp.en.title = '<script>alert("1")</script> & more';
      expect(await ada.post(RULES, { texts: sharp })).toMatchObject(ROLE_REQUIRED);
      expect(await chief.expectOk.post(RULES, { texts: sharp })).toMatchObject({ version: 2 });
      expect((await page('2/en')).text).toContain(
        '<h1>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more</h1>',
      );
      expect((await page('1/en')).text).toBe(english.text);
    });

    test('have the same clauses in every language', async () => {
      const { texts } = await caller(server).expectOk.get<RulesAnswer>(RULES);
      const uneven = { ...texts, en: { ...texts.en, clauses: texts.en.clauses.slice(1) } };
      const double = structuredClone(texts);
      for (const { clauses } of Object.values(double)) clauses.push(...clauses.slice(0, 1));
      for (const wrong of [uneven, double])
        expect(await chief.post(RULES, { texts: wrong })).toMatchObject({
          status: 400,
          body: { errcode: 'M_BAD_JSON' },
        });
    });

    test('are agreed to again when they are new', async () => {
      expect((await me(ada)).rules).toEqual({ version: 2, agreed_version: 1 });
      await ada.expectOk.put(`${RULES}/2/agreement`);
      await ada.expectOk.put(`${RULES}/2/agreement`);
      expect((await me(ada)).rules).toEqual({ version: 2, agreed_version: 2 });
      expect(await ada.put(`${RULES}/3/agreement`)).toMatchObject({ status: 404, body: { errcode: 'M_NOT_FOUND' } });
    });
  });

  test('clients find the server and what it can do', async () => {
    const anyone = caller(server);
    const { versions } = await anyone.expectOk.get<{ versions: string[] }>('/_matrix/client/versions');
    expect([versions[0], versions.at(-1)]).toEqual(['v1.1', 'v1.19']);
    expect(await anyone.expectOk.get('/.well-known/matrix/client')).toEqual({
      'm.homeserver': { base_url: server.config.publicUrl },
    });
    expect(await anyone.get('/_matrix/client/v3/capabilities')).toMatchObject({ status: 401 });
    expect(await ada.expectOk.get('/_matrix/client/v3/capabilities')).toMatchObject({
      capabilities: { 'm.room_versions': { default: '12', available: { 10: 'stable', 11: 'stable', 12: 'stable' } } },
    });
  });
});
