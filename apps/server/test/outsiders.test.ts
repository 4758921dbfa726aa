import type { Application } from '@byline/protocol/byline/applications.ts';
import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  accountOf,
  apply,
  byline,
  draft,
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

type Call = readonly ['get' | 'put' | 'post' | 'delete', string, object?];

const SECRET = 'the surprise is on Friday';

/** All that can be asked of a conversation. */
const OF_A_ROOM: readonly Call[] = [
  ['get', '/messages?dir=b'],
  ['get', '/messages?dir=f&from=s0'],
  ['get', '/context/EVENT'],
  ['get', '/event/EVENT'],
  ['get', '/state'],
  ['get', '/state/m.room.name'],
  ['get', '/state/m.room.member/@ada:byline.test'],
  ['get', '/members'],
  ['get', '/members?at=s5'],
  ['get', '/joined_members'],
  ['get', '/aliases'],
  ['post', '/receipt/m.read/EVENT'],
  ['post', '/receipt/m.fully_read/EVENT'],
  ['post', '/read_markers', { 'm.fully_read': 'EVENT' }],
  ['put', '/typing/ME', { typing: true }],
  ['put', '/send/m.room.message/outside', { msgtype: 'm.text', body: 'let me in' }],
  ['put', '/send/m.reaction/outside', { 'm.relates_to': { rel_type: 'm.annotation', event_id: 'EVENT', key: 'x' } }],
  ['put', '/send/m.room.redaction/outside2', { redacts: 'EVENT' }],
  ['put', '/redact/EVENT/outside', {}],
  ['put', '/state/m.room.name', { name: 'mine' }],
  ['put', '/state/m.room.member/ME', { membership: 'join' }],
  ['put', '/state/m.room.member/ME', { membership: 'invite' }],
  ['put', '/state/m.room.member/@ada:byline.test', { membership: 'leave' }],
  ['post', '/join'],
  ['post', '/invite', { user_id: 'ME' }],
  ['post', '/kick', { user_id: '@ada:byline.test' }],
  ['post', '/ban', { user_id: '@ada:byline.test' }],
  ['post', '/unban', { user_id: 'ME' }],
];

/** What reaches a room by another way. */
const AROUND_A_ROOM: readonly Call[] = [
  ['get', '/_matrix/client/v1/room_summary/ROOM'],
  ['get', '/_matrix/client/v3/directory/list/room/ROOM'],
  ['put', '/_matrix/client/v3/directory/list/room/ROOM', { visibility: 'public' }],
  ['put', '/_matrix/client/v3/directory/room/%23mine:byline.test', { room_id: 'ROOM' }],
  ['delete', '/_matrix/client/v3/directory/room/%23den:byline.test'],
  ['post', '/_matrix/client/v3/join/%23den:byline.test'],
  ['post', '/_matrix/client/v3/knock/ROOM'],
];

/** What belongs to Ada alone. */
const OF_ADA: readonly Call[] = [
  ['get', '/user/ADA/account_data/org.example'],
  ['put', '/user/ADA/account_data/org.example', { mine: true }],
  ['get', '/user/ADA/rooms/ROOM/account_data/org.example'],
  ['put', '/user/ADA/rooms/ROOM/account_data/org.example', {}],
  ['get', '/user/ADA/rooms/ROOM/tags'],
  ['put', '/user/ADA/rooms/ROOM/tags/u.x', {}],
  ['delete', '/user/ADA/rooms/ROOM/tags/u.x'],
  ['post', '/user/ADA/filter', {}],
  ['get', '/user/ADA/filter/FILTER'],
  ['get', '/sync?filter=FILTER&timeout=0'],
  ['put', '/profile/ADA/displayname', { displayname: 'not Ada' }],
  ['delete', '/profile/ADA/displayname'],
  ['put', '/rooms/ROOM/typing/ADA', { typing: true }],
  ['get', '/devices/DEVICE'],
  ['put', '/devices/DEVICE', { display_name: 'mine' }],
];

/** What only some of the provider's people may do. */
const OF_STAFF: readonly Call[] = [
  ['get', '/staff'],
  ['put', '/staff/ME/reviewer'],
  ['put', '/staff/ME/administrator'],
  ['delete', '/staff/@administrator:byline.test/administrator'],
  ['put', '/policy/identity.required', { value: 'everyone' }],
  ['post', '/rules', { texts: texts('Rules') }],
];

const OF_REVIEWERS: readonly Call[] = [
  ['put', '/reviewers-key', { public_key: 'A'.repeat(43) }],
  ['get', '/review/queue'],
  ['get', '/review/cases/CASE'],
  ['post', '/review/cases/CASE/claim'],
  ['post', '/review/cases/CASE/release'],
  ['post', '/review/cases/CASE/decision', { decision: 'approve', reason: 'why not' }],
  ['get', '/review/cases/CASE/evidence/EVIDENCE'],
];

/** What only who applies may do with an application. */
const OF_AN_APPLICANT: readonly Call[] = [
  ['get', '/applications/CASE'],
  ['put', '/applications/CASE', { public: { name: 'mine' } }],
  ['post', '/applications/CASE/submit'],
  ['post', '/applications/CASE/withdraw'],
  ['delete', '/applications/CASE/evidence/EVIDENCE'],
  ['post', '/applications/CASE/evidence?piece=document-front&kid=KID'],
];

/** What only who operates an account may do with it. */
const OF_OPERATORS: readonly Call[] = [
  ['post', '/_byline/v1/accounts/HANDLE/posts', { content: { msgtype: 'm.text', body: 'x' }, txn_id: 'o1' }],
  ['put', '/_byline/v1/accounts/HANDLE/posts/POST', { content: { msgtype: 'm.text', body: 'x' }, txn_id: 'o2' }],
  ['delete', '/_byline/v1/accounts/HANDLE/posts/POST'],
  ['get', '/_byline/v1/accounts/HANDLE/operators'],
  ['put', '/_byline/v1/accounts/HANDLE/operators/ME'],
  ['delete', '/_byline/v1/accounts/HANDLE/operators/@ada:byline.test'],
  ...roomCalls(),
];

/** The same by a plain client. */
function roomCalls(): readonly Call[] {
  const room = '/_matrix/client/v3/rooms/ACCOUNTROOM';
  const message = { msgtype: 'm.text', body: 'x' };
  return [
    ['put', `${room}/send/m.room.message/r1`, message],
    ['put', `${room}/send/m.reaction/r2`, { 'm.relates_to': { rel_type: 'm.annotation', event_id: 'POST', key: 'x' } }],
    ['put', `${room}/send/m.room.encrypted/r3`, {}],
    ['put', `${room}/send/org.example/r4`, {}],
    ['put', `${room}/send/m.room.redaction/r5`, { redacts: 'POST' }],
    [
      'put',
      `${room}/send/m.room.message/r6`,
      { ...message, 'm.new_content': message, 'm.relates_to': { rel_type: 'm.replace', event_id: 'POST' } },
    ],
    ['put', `${room}/redact/POST/r7`, {}],
    ...stateCalls(room),
  ];
}

/** What nobody may do to an account's room, not even its operators. */
function stateCalls(room: string): readonly Call[] {
  return [
    ['put', `${room}/state/m.room.name`, { name: 'mine' }],
    ['put', `${room}/state/m.room.topic`, { topic: 'mine' }],
    ['put', `${room}/state/m.room.power_levels`, { users_default: 100 }],
    ['put', `${room}/state/m.room.tombstone`, { replacement_room: 'ROOM' }],
    ['put', `${room}/state/im.byline.account`, {}],
    ['put', `${room}/state/m.room.member/ME`, { membership: 'join', displayname: 'x' }],
    ['put', `${room}/state/m.room.member/@bob:byline.test`, { membership: 'invite' }],
    ['post', `${room}/invite`, { user_id: '@bob:byline.test' }],
    ['post', `${room}/kick`, { user_id: '@bob:byline.test' }],
    ['post', `${room}/ban`, { user_id: '@bob:byline.test' }],
    ['post', '/_matrix/client/v3/knock/ACCOUNTROOM'],
    ['put', '/_matrix/client/v3/directory/list/room/ACCOUNTROOM', { visibility: 'public' }],
    ['put', '/_matrix/client/v3/directory/room/%23other:byline.test', { room_id: 'ACCOUNTROOM' }],
    ['delete', '/_matrix/client/v3/directory/room/%23HANDLE:byline.test'],
  ];
}

function texts(title: string): object {
  const clauses = [{ id: 'truth', binds: 'publishers', title: 'Truth', text: 'Tell it.' }];
  const text = { title, introduction: 'None.', clauses };
  return { en: text, 'zh-Hans': text };
}

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
  const expectRefused = async (me: Person, calls: readonly Call[], more?: Readonly<Record<string, string>>) => {
    for (const call of calls) {
      const { answer, ...outcome } = await attempt(me, call, more);
      expect(
        { ...outcome, isRefused: [400, 403, 404, 405, 409].includes(outcome.status) },
        JSON.stringify(answer),
      ).toMatchObject({ isRefused: true });
      expect(JSON.stringify(answer), outcome.call).not.toContain(SECRET);
    }
  };
  const room = (calls: readonly Call[]): Call[] =>
    calls.map(([method, path, body]) => [method, client(`/rooms/ROOM${path}`), body]);
  const under = (prefix: string, calls: readonly Call[]): Call[] =>
    calls.map(([method, path, body]) => [method, `${prefix}${path}`, body]);

  test('a conversation by who never was in it', async () => {
    await expectRefused(eve, [...room(OF_A_ROOM), ...AROUND_A_ROOM]);
    expect(JSON.stringify(await sync(eve))).not.toContain('The den');
  });

  test('a conversation by who was banned, and what was said after they had gone', async () => {
    const writing = OF_A_ROOM.filter(([method]) => method !== 'get');
    for (const person of [left, banned]) {
      await expectRefused(person, room(writing));
      for (const call of room(OF_A_ROOM.filter(([method]) => method === 'get')))
        expect(JSON.stringify((await attempt(person, call)).answer)).not.toContain(SECRET);
      const everything = { filter: JSON.stringify({ room: { include_leave: true } }) };
      expect(JSON.stringify(await sync(person, undefined, everything))).not.toContain(SECRET);
      expect(JSON.stringify(await sync(person, 's0', everything))).not.toContain(SECRET);
    }
  });

  test("somebody's own data, devices and profile", async () => {
    await expectRefused(bob, under(client(''), OF_ADA));
    expect((await bob.get(client('/devices'))).body['devices']).toHaveLength(1);
  });

  test('what is for staff', async () => {
    for (const person of [eve, ada]) await expectRefused(person, under(byline(''), [...OF_STAFF, ...OF_REVIEWERS]));
    await expectRefused(office.reviewer, under(byline(''), OF_STAFF));
    await expectRefused(office.administrator, under(byline(''), OF_REVIEWERS.slice(1)));
  });

  test('an application, and a case that another reviewer has', async () => {
    await expectRefused(eve, under(byline(''), OF_AN_APPLICANT));
    await expectRefused(office.reviewer, under(byline(''), OF_AN_APPLICANT));
    const other = await hireReviewer(server, office.administrator, 'rob');
    await other.expectOk.post(byline(`/review/cases/${waiting.id}/claim`));
    const [, , , ...deciding] = OF_REVIEWERS;
    await expectRefused(office.reviewer, under(byline(''), deciding));
    expect(await office.reviewer.expectOk.get(byline(`/review/cases/${waiting.id}`))).toMatchObject({ identity: null });
    await other.expectOk.post(byline(`/review/cases/${waiting.id}/release`));
  });

  test('a public account by who does not operate it, also as a subscriber', async () => {
    await expectRefused(eve, OF_OPERATORS);
    await bob.expectOk.put(byline('/accounts/gazette/subscription'));
    await expectRefused(bob, OF_OPERATORS);
    // What an operator says, the account says; but nobody changes what the account is.
    await expectRefused(ada, stateCalls('/_matrix/client/v3/rooms/ACCOUNTROOM'));
    expect(await accountOf(eve, 'gazette')).toMatchObject({ name: 'The gazette' });
  });

  test('posts of one account by way of another', async () => {
    await openAccount(office, eve, 'tribune');
    const [, edit, remove] = OF_OPERATORS;
    await expectRefused(
      eve,
      [edit, remove].filter((call) => call !== undefined),
      { HANDLE: 'tribune' },
    );
    const { room_id: tribune } = await accountOf(eve, 'tribune');
    await expectRefused(eve, roomCalls().slice(4, 7), { ACCOUNTROOM: encodeURIComponent(tribune) });
  });

  test('an account that was never verified, by its own operator: nothing gets out', async () => {
    const there = { HANDLE: 'herald', ACCOUNTROOM: encodeURIComponent(hidden.room_id) };
    const [publish] = OF_OPERATORS;
    await expectRefused(ada, publish === undefined ? [] : [publish], there);
    await expectRefused(ada, roomCalls(), there);
    await expectRefused(bob, OF_OPERATORS, there);
  });

  test('an account that was never verified, by others: there is none', async () => {
    const there = { HANDLE: 'herald', ACCOUNTROOM: encodeURIComponent(hidden.room_id) };
    const reading = OF_A_ROOM.filter(([method]) => method === 'get').map(([method, path]): Call => [
      method,
      client(`/rooms/ACCOUNTROOM${path.replace('@ada', '@herald')}`),
    ]);
    await expectRefused(
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
    );
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
    await expectRefused(eve, [
      ['post', roomPath(own, '/invite'), { user_id: gazette.user_id }],
      ['put', roomPath(own, `/state/m.room.member/${gazette.user_id}`), { membership: 'invite' }],
      ['put', roomPath(own, '/state/m.room.canonical_alias'), { alias: '#gazette:byline.test' }],
    ]);
  });

  test('who follows an account: no other subscriber learns of it', async () => {
    const carol = await signUp(server, 'carol');
    const path = (rest: string) => roomPath(gazette.room_id, rest);
    for (const person of [bob, carol]) await person.expectOk.put(byline('/accounts/gazette/subscription'));
    const post = await mustPublish(ada, 'gazette', 'for all');
    const { next_batch: since } = await sync(bob);
    await carol.expectOk.post(path(`/receipt/m.read/${encodeURIComponent(post)}`));
    await carol.expectOk.put(path(`/typing/${carol.userId}`), { typing: true });
    await mustPublish(ada, 'gazette', 'more');
    for (const person of [bob, ada]) {
      const read = [
        await sync(person),
        await sync(person, person === bob ? since : undefined),
        await person.expectOk.get(path('/members')),
        await person.expectOk.get(path('/joined_members')),
        await person.expectOk.get(path('/state')),
        await person.expectOk.get(path('/messages?dir=b&limit=100')),
        await person.expectOk.get(byline('/accounts/gazette')),
      ];
      expect(JSON.stringify(read)).not.toContain(carol.userId);
      expect((await person.get(path(`/state/m.room.member/${carol.userId}`))).status).toBe(404);
    }
  });

  test('a token is worth nothing after signing out, another password, or the end of the account', async () => {
    const dora = await signUp(server, 'dora');
    const isGood = async ({ get }: Person) => (await get(client('/account/whoami'))).status === 200;
    const proven = async (person: Person, path: string, body: object, password: string) => {
      const { body: challenge } = await person.post(client(path), body);
      const identifier = { type: 'm.id.user', user: 'dora' };
      const auth = { type: 'm.login.password', session: challenge['session'], identifier, password };
      await person.expectOk.post(client(path), { ...body, auth });
    };
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
    await eve.post(client('/rooms/x/invite'), {});
    expect((await eve.post(client('/createRoom'), { invite: [dora.userId] })).status).toBe(404);
  });
});
