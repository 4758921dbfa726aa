import type { Application } from '@byline/protocol/byline/applications.ts';
import type { Policy, PolicyEffect, PolicyKey, PolicyValue } from '@byline/protocol/byline/policy.ts';
import type { RegisterEntry } from '@byline/protocol/byline/register.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  applyPersonally,
  byline,
  decide,
  type Office,
  openAccount,
  openOffice,
  publish,
} from './publisher.ts';
import { client, refusal } from './room-calls.ts';
import { bodiesOf, join, sync } from './syncing.ts';
import { makeTestClock, startWholeServer } from './whole-server.ts';

const DAY = 86_400_000;
const REQUIRED = refusal(403, 'BYLINE_IDENTITY_REQUIRED');
const NOT_QUALIFIED = refusal(403, 'BYLINE_NOT_QUALIFIED');
const ROLE_REQUIRED = refusal(403, 'BYLINE_ROLE_REQUIRED');

const policy = (key: PolicyKey): string => byline(`/policy/${key}`);

/** What everybody's provider has told somebody, the oldest first. */
const toldTo = async (person: Person): Promise<string[]> => {
  const { rooms } = await sync(person);
  const invited = Object.keys(rooms?.invite ?? {});
  for (const roomId of invited) await join(person, roomId);
  const joined = (await sync(person)).rooms?.join ?? {};
  return Object.values(joined)
    .flatMap((room) => bodiesOf(room))
    .map(String);
};

const aboutExpiry = async (person: Person): Promise<string[]> =>
  (await toldTo(person)).filter((text) => text.includes('The verification of'));

const talk = (person: Person) => person.post(client('/createRoom'), {});

describe.each(ENGINES)('what a policy does to those who are there, on %s', (engine) => {
  const clock = makeTestClock();
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let cleo: Person;

  beforeAll(async () => {
    server = await startWholeServer(engine, { clock });
    office = await openOffice(server);
    [ada, bob, cleo] = [await signUp(server, 'ada'), await signUp(server, 'bob'), await signUp(server, 'cleo')];
    await openAccount(office, ada, 'courier');
  });
  afterAll(() => server.dispose());

  const preview = (key: PolicyKey, value: PolicyValue, from?: number): Promise<PolicyEffect> =>
    office.administrator.expectOk.post(`${policy(key)}/preview`, { value, effective_from: from });
  const set = (key: PolicyKey, value: PolicyValue, from?: number): Promise<Policy> =>
    office.administrator.expectOk.put(policy(key), { value, effective_from: from });
  const nobody = { blocked: 0, blocked_otherwise: 0 };

  test('a change shows whom it would block before it is made, and makes nothing', async () => {
    // Ada is verified by her account; the staff are known.
    expect(await preview('identity.required', 'everyone')).toEqual({
      concerns: 'people',
      of: 5,
      today: { blocked: 2, blocked_otherwise: 0 },
      in_30_days: { blocked: 2, blocked_otherwise: 0 },
    });
    expect(await preview('identity.required', 'everyone', clock.now() + 10 * DAY)).toMatchObject({
      today: nobody,
      in_30_days: { blocked: 2, blocked_otherwise: 0 },
    });
    expect(await preview('identity.required', 'everyone', clock.now() + 31 * DAY)).toMatchObject({
      in_30_days: nobody,
    });
    expect(await preview('verification.lifetime', 20)).toEqual({
      concerns: 'public-accounts',
      of: 1,
      today: nobody,
      in_30_days: { blocked: 1, blocked_otherwise: 0 },
    });
    expect(await preview('accounts.per-individual', 3)).toMatchObject({ concerns: 'nobody', of: 0, today: nobody });
    expect(await talk(bob)).toMatchObject({ status: 200 });
    const { policies } = await office.administrator.expectOk.get<{ policies: Policy[] }>(byline('/policy'));
    expect(policies.flatMap(({ versions }) => versions)).toEqual([]);
  });

  test('only administrators look at it, and only at what could be made', async () => {
    for (const person of [ada, office.reviewer])
      expect(await person.post(`${policy('review.due')}/preview`, { value: 1 })).toMatchObject(ROLE_REQUIRED);
    for (const body of [{ value: 'x' }, { value: 1, effective_from: clock.now() - 1 }])
      expect(await office.administrator.post(`${policy('review.due')}/preview`, body)).toMatchObject(
        refusal(400, 'M_INVALID_PARAM'),
      );
  });

  test('who had an account before may have some days left, is told so once, and is blocked after them', async () => {
    clock.advance(1);
    await set('everyone.grace', 10);
    expect(await preview('identity.required', 'everyone')).toMatchObject({
      today: nobody,
      in_30_days: { blocked: 2, blocked_otherwise: 0 },
    });
    await set('identity.required', 'everyone');
    const until = clock.now() + 10 * DAY;
    const late = await signUp(server, 'late');
    expect(await talk(late)).toMatchObject({ ...REQUIRED, body: { to_do: 'apply' } });
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await talk(bob)).toMatchObject({ status: 200 });
    expect(await bob.expectOk.get(byline('/identity/standing'))).toMatchObject({
      may_talk: true,
      grace_until: until,
      to_do: 'apply',
    });
    await expect.poll(() => toldTo(bob)).toEqual([expect.stringMatching(/until 3 December 2026.*\/me\/apply/s)]);

    // Deciding the same once more gives nobody another grace.
    clock.advance(9 * DAY);
    await set('identity.required', 'everyone');
    clock.advance(DAY - 1);
    expect(await talk(bob)).toMatchObject({ status: 200 });
    clock.advance(1);
    expect(await talk(bob)).toMatchObject(REQUIRED);
    expect(await cleo.expectOk.get(byline('/identity/standing'))).toMatchObject({ may_talk: false, to_do: 'apply' });

    const { id } = await applyPersonally(office, bob);
    await decide(office.reviewer, id, { decision: 'approve' });
    expect(await talk(bob)).toMatchObject({ status: 200 });
    expect(await preview('identity.required', 'everyone')).toMatchObject({
      today: { blocked: 2, blocked_otherwise: 2 },
    });
    await set('identity.required', 'public-accounts');
    expect(await talk(cleo)).toMatchObject({ status: 200 });
  });

  test('a shorter lifetime suspends what is older, says why and where to renew, and a longer one lifts that', async () => {
    expect(await publish(ada, 'courier', 'before')).toMatchObject({ status: 200 });
    const { qualification } = await accountOf(ada, 'courier');
    const later = clock.now() + 2 * DAY;
    await set('verification.lifetime', 5, later);
    expect((await accountOf(ada, 'courier')).qualification).toMatchObject({ expires: later });
    clock.advance(2 * DAY);
    const refused = await publish(ada, 'courier', 'too late');
    expect(refused).toMatchObject({
      ...NOT_QUALIFIED,
      body: {
        handle: 'courier',
        policy: 'verification.lifetime',
        expired_at: expect.any(Number) as unknown,
        renew_url: expect.stringMatching(/\/me\/accounts\/courier\/renew$/) as unknown,
        error: expect.stringContaining('Drafts, posts and subscribers stay') as unknown,
      },
    });
    const { room_id: roomId } = await accountOf(ada, 'courier');
    const plain = client(`/rooms/${encodeURIComponent(roomId)}/send/m.room.message/plain`);
    expect(await ada.put(plain, { msgtype: 'm.text', body: 'too late' })).toMatchObject(NOT_QUALIFIED);
    expect((await accountOf(bob, 'courier')).qualification).toBeNull();
    expect(await bob.expectOk.get(byline('/directory'))).toMatchObject({ accounts: [] });
    expect(await bob.expectOk.get(byline('/accounts/courier/posts'))).toMatchObject({ posts: [{}] });

    await set('verification.lifetime', 365);
    expect((await accountOf(ada, 'courier')).qualification).toEqual(qualification);
    expect(await publish(ada, 'courier', 'again')).toMatchObject({ status: 200 });
  });

  test('an owner begins a renewal with what the account says, once; nobody else does', async () => {
    const renewal = byline('/accounts/courier/renewal');
    expect(await bob.post(renewal)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    await ada.expectOk.put(byline(`/accounts/courier/operators/${bob.userId}`));
    expect(await bob.post(renewal)).toMatchObject(refusal(403, 'M_FORBIDDEN'));
    expect(await ada.post(byline('/accounts/nothing/renewal'))).toMatchObject(refusal(404, 'M_NOT_FOUND'));
    const begun = await Promise.all([1, 2, 3].map(() => ada.expectOk.post<Application>(renewal)));
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
    expect(begun[0]).toMatchObject({
      state: 'draft',
      public: { kind: 'media', name: 'The courier', handle: 'courier', category: 'culture', picture: null },
      identity: null,
    });
    expect(begun[0]?.missing.every((field) => /^(?:identity|evidence)\./.test(field))).toBe(true);
  });

  test('the register is for administrators, and says of an account no more than everybody may know', async () => {
    const dora = await signUp(server, 'dora');
    await openAccount(office, dora, 'formula', { name: '=HYPERLINK("http://evil.test","x")' });
    for (const format of ['csv', 'json'])
      for (const person of [ada, office.reviewer])
        expect(await person.get(byline(`/register?format=${format}`))).toMatchObject(ROLE_REQUIRED);
    const csv = await register('csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="register.csv"');
    const lines = (await csv.text()).split('\r\n');
    expect(lines).toEqual([
      'name,handle,kind,category,label,since',
      expect.stringMatching(/^The courier,courier,media,culture,,2026-11-23T12:00:00.000Z$/),
      expect.stringMatching(/^"'=HYPERLINK\(""http:\/\/evil.test"",""x""\)",formula,media,culture,,2026-/),
      '',
    ]);
    const entries = (await (await register('json')).json()) as RegisterEntry[];
    expect(entries.map(({ handle }) => handle)).toEqual(['courier', 'formula']);
    expect(Object.keys(entries[0] ?? {}).toSorted()).toEqual(['category', 'handle', 'kind', 'label', 'name', 'since']);
    clock.advance(400 * DAY);
    expect(await (await register('json')).json()).toEqual([]);
  });

  const register = (format: string): Promise<Response> =>
    fetch(`${server.url}${byline(`/register?format=${format}`)}`, {
      headers: { authorization: `Bearer ${office.administrator.token}` },
    });
});

describe.each(ENGINES)('before and after a verification runs out, on %s', (engine) => {
  test('the owner is told 60, 30 and 7 days before and at the end, once each, whatever the clock does', async () => {
    const clock = makeTestClock();
    let server = await startWholeServer(engine, { clock });
    const office = await openOffice(server);
    let ada = await signUp(server, 'ada');
    const bob = await signUp(server, 'bob');
    await openAccount(office, ada, 'courier');
    await ada.expectOk.put(byline(`/accounts/courier/operators/${bob.userId}`));
    const { expires = 0 } = (await accountOf(ada, 'courier')).qualification ?? {};
    const begun = clock.now();

    /** The owner's reminders after the server was started anew, so many days before the end. */
    const remindedAt = async (daysLeft: number): Promise<number> => {
      clock.advance(expires - daysLeft * DAY - clock.now());
      await server.stop();
      server = await server.restart();
      await server.stop();
      server = await server.restart();
      ada = await signIn(server, 'ada');
      return (await aboutExpiry(ada)).length;
    };

    expect(await remindedAt(61)).toBe(0);
    expect(await remindedAt(60)).toBe(1);
    expect(await remindedAt(59)).toBe(1);
    expect(await remindedAt(30)).toBe(2);
    expect(await remindedAt(7)).toBe(3);
    // The clock goes back, and forth again.
    expect(await remindedAt(45)).toBe(3);
    expect(await remindedAt(6)).toBe(3);
    expect(await publish(ada, 'courier', 'still')).toMatchObject({ status: 200 });
    expect(await remindedAt(0)).toBe(4);
    expect(await remindedAt(-100)).toBe(4);
    const texts = await aboutExpiry(ada);
    expect(texts[0]).toMatch(/“The courier” runs out on 23 November 2027.*\/me\/accounts\/courier\/renew/s);
    expect(texts[3]).toMatch(/has run out on 23 November 2027, so it can not publish now/);
    const refused = await publish(ada, 'courier', 'too late');
    expect(refused).toMatchObject({ ...NOT_QUALIFIED, body: { expired_at: expires } });
    expect(refused.body).toHaveProperty('renew_url');
    expect(refused.body).not.toHaveProperty('policy');
    // Who only helps is not told.
    expect(await aboutExpiry(await signIn(server, 'bob'))).toEqual([]);
    expect(begun).toBeLessThan(expires);
    await server.dispose();
  });

  test('of several that are due at once the last is told alone, and a policy that ends it at once is told at once', async () => {
    const clock = makeTestClock();
    let server = await startWholeServer(engine, { clock });
    const office = await openOffice(server);
    const [ada, bob] = [await signUp(server, 'ada'), await signUp(server, 'bob')];
    await openAccount(office, ada, 'courier', { approval: { expires: clock.now() + 100 * DAY } });
    clock.advance(96 * DAY);
    await openAccount(office, bob, 'herald');
    await server.stop();
    server = await server.restart();
    expect(await aboutExpiry(await signIn(server, 'ada'))).toHaveLength(1);
    expect(await aboutExpiry(await signIn(server, 'bob'))).toHaveLength(0);

    // The clock goes back to where an earlier one would have been due: it is past.
    clock.advance(-50 * DAY);
    await server.stop();
    server = await server.restart();
    expect(await aboutExpiry(await signIn(server, 'ada'))).toHaveLength(1);
    clock.advance(50 * DAY);

    const administrator = await signIn(server, 'administrator');
    clock.advance(2 * DAY);
    await administrator.expectOk.put(policy('verification.lifetime'), { value: 1 });
    const bobAgain = await signIn(server, 'bob');
    await expect
      .poll(() => aboutExpiry(bobAgain))
      .toEqual([expect.stringContaining('has run out') as unknown as string]);
    await server.dispose();
  });
});
