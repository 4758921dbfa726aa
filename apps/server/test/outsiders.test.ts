import type { Application } from '@byline/protocol/byline/applications.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AROUND_A_ROOM,
  type Call,
  OF_A_ROOM,
  OF_ADA,
  OF_AN_APPLICANT,
  OF_OPERATORS,
  OF_REVIEWERS,
  OF_STAFF,
  roomCalls,
  SECRET,
  stateCalls,
} from './calls-of-others.ts';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  apply,
  byline,
  hireReviewer,
  mustPublish,
  type Office,
  openAccount,
  openOffice,
  publicPart,
} from './publisher.ts';
import { client } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 405, 409]);

const inRoom = (calls: readonly Call[]): Call[] => under(client('/rooms/ROOM'), calls);

const under = (prefix: string, calls: readonly Call[]): Call[] =>
  calls.map(([method, path, body]) => [method, `${prefix}${path}`, body]);

const isGood = async ({ get }: Person): Promise<boolean> => (await get(client('/account/whoami'))).status === 200;

/** Does what asks for the password once more. */
const proven = async (person: Person, path: string, body: object, password: string): Promise<void> => {
  const { body: challenge } = await person.post(client(path), body);
  const identifier = { type: 'm.id.user', user: person.name };
  const auth = { type: 'm.login.password', session: challenge['session'], identifier, password };
  await person.expectOk.post(client(path), { ...body, auth });
};

describe.each(ENGINES)('what is not theirs, people do not reach, on %s', (engine) => {
  let server: TestServer;
  let office: Office;
  let ada: Person;
  let bob: Person;
  let eve: Person;
  let left: Person;
  let banned: Person;
  let filling: Readonly<Record<string, string>>;
  let waiting: Application;
  let gazette: PublicAccount;
  let hidden: PublicAccount;

  beforeAll(async () => {
    server = await startWholeServer(engine);
    office = await openOffice(server);
    [ada, bob, eve, left, banned] = [
      await signUp(server, 'ada'),
      await signUp(server, 'bob'),
      await signUp(server, 'eve'),
      await signUp(server, 'left'),
      await signUp(server, 'banned'),
    ];
    const invite = [bob, left, banned].map(({ userId }) => userId);
    const roomId = await createRoom(ada, { name: 'The den', room_alias_name: 'den', invite });
    for (const person of [bob, left, banned]) await join(person, roomId);
    await left.expectOk.post(roomPath(roomId, '/leave'));
    await ada.expectOk.post(roomPath(roomId, '/ban'), { user_id: banned.userId });
    const eventId = await say(ada, roomId, SECRET);
    const { filter_id: filter } = await ada.expectOk.post(client(`/user/${ada.userId}/filter`), { room: {} });
    gazette = await openAccount(office, ada, 'gazette');
    const post = await mustPublish(ada, 'gazette', 'a post');
    waiting = await apply(office, ada, publicPart('herald', { description: SECRET }));
    hidden = await accountOf(ada, 'herald');
    filling = {
      EVENT: encodeURIComponent(eventId),
      ACCOUNTROOM: encodeURIComponent(gazette.room_id),
      ROOM: encodeURIComponent(roomId),
      ADA: ada.userId,
      DEVICE: ada.deviceId,
      FILTER: String(filter),
      CASE: waiting.id,
      EVIDENCE: waiting.evidence[0]?.id ?? '',
      KID: office.key.kid,
      HANDLE: 'gazette',
      POST: encodeURIComponent(post),
    };
  });
  afterAll(() => server.dispose());

  const fill = (text: string, me: Person, more: Readonly<Record<string, string>> = {}): string =>
    text.replaceAll(/[A-Z]{3,}|ME(?=[/"]|$)/g, (name) => ({ ...filling, ME: me.userId, ...more })[name] ?? name);
  const attempt = async (me: Person, [method, path, body]: Call, more?: Readonly<Record<string, string>>) => {
    const given =
      body === undefined ? undefined : (JSON.parse(decodeURIComponent(fill(JSON.stringify(body), me, more))) as object);
    const { status, body: answer } = await me[method](fill(path, me, more), given);
    return { call: `${me.name}: ${method} ${path}`, status, answer };
  };
  /** What was not refused, and what told more than it should: nothing, if all is well. */
  const notRefused = async (
    me: Person,
    calls: readonly Call[],
    more?: Readonly<Record<string, string>>,
  ): Promise<string[]> => {
    const wrong: string[] = [];
    for (const call of calls) {
      const { answer, status, call: asked } = await attempt(me, call, more);
      const text = JSON.stringify(answer);
      if (!REFUSALS.has(status) || text.includes(SECRET)) wrong.push(`${asked} was answered ${status} ${text}`);
    }
    return wrong;
  };

  test('a conversation by who never was in it', async () => {
    expect(await notRefused(eve, [...inRoom(OF_A_ROOM), ...AROUND_A_ROOM])).toEqual([]);
    expect(JSON.stringify(await sync(eve))).not.toContain('The den');
  });

  test('a conversation by who was banned, and what was said after they had gone', async () => {
    const writing = OF_A_ROOM.filter(([method]) => method !== 'get');
    for (const person of [left, banned]) {
      expect(await notRefused(person, inRoom(writing))).toEqual([]);
      for (const call of inRoom(OF_A_ROOM.filter(([method]) => method === 'get')))
        expect(JSON.stringify((await attempt(person, call)).answer)).not.toContain(SECRET);
      const everything = { filter: JSON.stringify({ room: { include_leave: true } }) };
      expect(JSON.stringify(await sync(person, undefined, everything))).not.toContain(SECRET);
      expect(JSON.stringify(await sync(person, 's0', everything))).not.toContain(SECRET);
    }
  });

  test("somebody's own data, devices and profile", async () => {
    expect(await notRefused(bob, under(client(''), OF_ADA))).toEqual([]);
    expect((await bob.get(client('/devices'))).body['devices']).toHaveLength(1);
  });

  test('what is for staff', async () => {
    for (const person of [eve, ada])
      expect(await notRefused(person, under(byline(''), [...OF_STAFF, ...OF_REVIEWERS]))).toEqual([]);
    expect(await notRefused(office.reviewer, under(byline(''), OF_STAFF))).toEqual([]);
    expect(await notRefused(office.administrator, under(byline(''), OF_REVIEWERS.slice(1)))).toEqual([]);
  });

  test('an application, and a case that another reviewer has', async () => {
    expect(await notRefused(eve, under(byline(''), OF_AN_APPLICANT))).toEqual([]);
    expect(await notRefused(office.reviewer, under(byline(''), OF_AN_APPLICANT))).toEqual([]);
    const other = await hireReviewer(server, office.administrator, 'rob');
    await other.expectOk.post(byline(`/review/cases/${waiting.id}/claim`));
    const [, , , , ...deciding] = OF_REVIEWERS;
    expect(await notRefused(office.reviewer, under(byline(''), deciding))).toEqual([]);
    expect(await office.reviewer.expectOk.get(byline(`/review/cases/${waiting.id}`))).toMatchObject({ identity: null });
    await other.expectOk.post(byline(`/review/cases/${waiting.id}/release`));
  });

  test('a public account by who does not operate it, also as a subscriber', async () => {
    expect(await notRefused(eve, OF_OPERATORS)).toEqual([]);
    await bob.expectOk.put(byline('/accounts/gazette/subscription'));
    expect(await notRefused(bob, OF_OPERATORS)).toEqual([]);
    // What an operator says, the account says; but nobody changes what the account is.
    expect(await notRefused(ada, stateCalls('/_matrix/client/v3/rooms/ACCOUNTROOM'))).toEqual([]);
    expect(await accountOf(eve, 'gazette')).toMatchObject({ name: 'The gazette' });
  });

  test('posts of one account by way of another', async () => {
    await openAccount(office, eve, 'tribune');
    const [, edit, remove] = OF_OPERATORS;
    expect(
      await notRefused(
        eve,
        [edit, remove].filter((call) => call !== undefined),
        { HANDLE: 'tribune' },
      ),
    ).toEqual([]);
    const { room_id: tribune } = await accountOf(eve, 'tribune');
    expect(await notRefused(eve, roomCalls().slice(4, 7), { ACCOUNTROOM: encodeURIComponent(tribune) })).toEqual([]);
  });

  test('an account that was never verified, by its own operator: nothing gets out', async () => {
    const there = { HANDLE: 'herald', ACCOUNTROOM: encodeURIComponent(hidden.room_id) };
    const [publish] = OF_OPERATORS;
    expect(await notRefused(ada, publish === undefined ? [] : [publish], there)).toEqual([]);
    expect(await notRefused(ada, roomCalls(), there)).toEqual([]);
    expect(await notRefused(bob, OF_OPERATORS, there)).toEqual([]);
  });

  test('an account that was never verified, by others: there is none', async () => {
    const there = { HANDLE: 'herald', ACCOUNTROOM: encodeURIComponent(hidden.room_id) };
    const reading = OF_A_ROOM.filter(([method]) => method === 'get').map(([method, path]): Call => [
      method,
      client(`/rooms/ACCOUNTROOM${path.replace('@ada', '@herald')}`),
    ]);
    expect(
      await notRefused(
        bob,
        [
          ['get', '/_byline/v1/accounts/HANDLE'],
          ['get', '/_byline/v1/accounts/HANDLE/posts'],
          ['put', '/_byline/v1/accounts/HANDLE/subscription'],
          ['get', '/_matrix/client/v3/directory/room/%23HANDLE:byline.test'],
          ['get', '/_matrix/client/v1/room_summary/ACCOUNTROOM'],
          ['post', '/_matrix/client/v3/join/ACCOUNTROOM'],
          ...reading,
        ],
        there,
      ),
    ).toEqual([]);
  });

  test('the user of an account: nobody signs in to it, invites it, or speaks with its name', async () => {
    const identifier = { type: 'm.id.user', user: 'gazette' };
    for (const password of ['', 'null', 'the password of gazette'])
      expect((await eve.post(client('/login'), { type: 'm.login.password', identifier, password })).status).toBe(403);
    const member = { type: 'm.room.member', state_key: gazette.user_id };
    const asAccount = (content: object) => ({ initial_state: [{ ...member, content }] });
    expect((await eve.post(client('/createRoom'), { invite: [gazette.user_id] })).status).toBe(404);
    expect((await eve.post(client('/createRoom'), asAccount({ membership: 'join' }))).status).toBe(400);
    expect((await eve.post(client('/createRoom'), asAccount({ membership: 'invite' }))).status).toBe(400);
    expect((await eve.post(client('/createRoom'), { room_alias_name: 'gazette' })).status).toBe(400);
    const canonical = { type: 'm.room.canonical_alias', content: { alias: '#gazette:byline.test' } };
    expect((await eve.post(client('/createRoom'), { initial_state: [canonical] })).status).toBe(400);
    const own = await createRoom(eve);
    expect(
      await notRefused(eve, [
        ['post', roomPath(own, '/invite'), { user_id: gazette.user_id }],
        ['put', roomPath(own, `/state/m.room.member/${gazette.user_id}`), { membership: 'invite' }],
        ['put', roomPath(own, '/state/m.room.canonical_alias'), { alias: '#gazette:byline.test' }],
      ]),
    ).toEqual([]);
  });

  test('who follows an account: no other subscriber learns of it', async () => {
    const carol = await signUp(server, 'carol');
    const room = roomPath(gazette.room_id, '');
    for (const person of [bob, carol]) await person.expectOk.put(byline('/accounts/gazette/subscription'));
    const post = await mustPublish(ada, 'gazette', 'for all');
    const { next_batch: since } = await sync(bob);
    await carol.expectOk.post(`${room}/receipt/m.read/${encodeURIComponent(post)}`);
    await carol.expectOk.put(`${room}/typing/${carol.userId}`, { typing: true });
    await mustPublish(ada, 'gazette', 'more');
    for (const person of [bob, ada]) {
      const read = [
        await sync(person),
        await sync(person, person === bob ? since : undefined),
        await person.expectOk.get(`${room}/members`),
        await person.expectOk.get(`${room}/joined_members`),
        await person.expectOk.get(`${room}/state`),
        await person.expectOk.get(`${room}/messages?dir=b&limit=100`),
        await person.expectOk.get(byline('/accounts/gazette')),
      ];
      expect(JSON.stringify(read)).not.toContain(carol.userId);
      expect((await person.get(`${room}/state/m.room.member/${carol.userId}`)).status).toBe(404);
    }
  });

  test('a token is worth nothing after signing out, another password, or the end of the account', async () => {
    const dora = await signUp(server, 'dora');
    const out = await signIn(server, 'dora');
    await out.expectOk.post(client('/logout'));
    expect(await isGood(out)).toBe(false);
    const other = await signIn(server, 'dora');
    await proven(dora, '/account/password', { new_password: 'quite another one' }, dora.password);
    expect([await isGood(other), await isGood(dora)]).toEqual([false, true]);
    const again = await signIn(server, 'dora', 'quite another one');
    await proven(again, '/account/deactivate', {}, 'quite another one');
    expect([await isGood(again), await isGood(dora)]).toEqual([false, false]);
    expect(
      (await eve.post(client('/login'), { type: 'm.login.password', user: 'dora', password: 'quite another one' }))
        .status,
    ).toBe(403);
    expect((await eve.post(client('/createRoom'), { invite: [dora.userId] })).status).toBe(404);
  });
});
