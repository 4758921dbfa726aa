import type { TestServer } from '@byline/testkit/byline.ts';
import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import {
  bodiesIn,
  ELEMENT_X_STATE,
  listOf,
  type Slid,
  slide,
  slideMerged,
  stateIn,
  trySliding,
} from './sliding-syncing.ts';
import { createRoom, join, roomPath, say } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const roomIdsIn = ({ rooms = {} }: Slid): string[] => Object.keys(rooms);

const sorted = (...names: (string | undefined)[]): string[] => names.map(String).toSorted();

const member = (person: Person): string => `m.room.member ${person.userId}`;

const withState = (required: unknown) => listOf(5, { required_state: required });

const mergedLists = (timeline: number) => ({
  all: {
    range: [0, 9],
    timeline_limit: timeline,
    required_state: { include: [{ type: 'm.room.name' }], lazy_members: true },
  },
});

describe.each(ENGINES)('sliding sync on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let names = 0;

  beforeAll(async () => {
    server = await startWholeServer(engine);
  });

  beforeEach(async () => {
    names += 1;
    [ada, bob] = await Promise.all([signUp(server, `ada${names}`), signUp(server, `bob${names}`)]);
  });

  afterAll(() => server.dispose());

  const roomOfBoth = async (options: object = {}): Promise<string> => {
    const roomId = await createRoom(ada, { preset: 'private_chat', invite: [bob.userId], ...options });
    await join(bob, roomId);
    return roomId;
  };

  test('the server says that it speaks it', async () => {
    const { unstable_features: features } = await ada.expectOk.get<{ unstable_features: object }>(
      '/_matrix/client/versions',
    );
    expect(features).toMatchObject({ 'org.matrix.simplified_msc3575': true });
  });

  test('a window shows the rooms in which something happened last, and grows', async () => {
    const rooms: string[] = [];
    for (let index = 0; index < 5; index += 1) rooms.push(await createRoom(ada, { name: `Room ${index}` }));
    await say(ada, rooms[0] ?? '', 'hello');
    const first = await slide(ada, { lists: listOf(2) });
    expect(first.lists).toEqual({ all: { count: 5 } });
    expect(roomIdsIn(first).toSorted()).toEqual(sorted(rooms[0], rooms[4]));
    expect(first.rooms?.[rooms[0] ?? '']).toMatchObject({ initial: true, name: 'Room 0', limited: true, num_live: 0 });
    expect(bodiesIn(first.rooms?.[rooms[0] ?? ''])).toEqual(['hello']);

    const second = await slide(ada, { lists: listOf(4), pos: first.pos });
    expect(roomIdsIn(second).toSorted()).toEqual(sorted(rooms[2], rooms[3]));
    const third = await slide(ada, { lists: listOf(4), pos: second.pos });
    expect(third.rooms).toBeUndefined();
  });

  test('who waits is told at once, each event once, and a room that bumps into the window comes whole', async () => {
    const quiet = await roomOfBoth({ name: 'Quiet' });
    const loud = await roomOfBoth({ name: 'Loud' });
    let { pos } = await slide(bob, { lists: listOf(1) });
    const heard: unknown[] = [];
    for (let index = 0; index < 3; index += 1) {
      const waiting = slide(bob, { lists: listOf(1), pos, timeout: 20_000 });
      await say(ada, loud, `word ${index}`);
      const news = await waiting;
      expect(news.rooms?.[loud]?.initial).toBeUndefined();
      expect(news.rooms?.[loud]?.num_live).toBe(1);
      heard.push(...bodiesIn(news.rooms?.[loud]));
      pos = news.pos;
    }
    expect(heard).toEqual(['word 0', 'word 1', 'word 2']);
    const waiting = slide(bob, { lists: listOf(1), pos, timeout: 20_000 });
    await say(ada, quiet, 'up');
    const bumped = await waiting;
    expect(bumped.rooms?.[quiet]).toMatchObject({ initial: true, name: 'Quiet', num_live: 1 });
    expect(roomIdsIn(bumped)).toEqual([quiet]);
  });

  test('who waits in vain is answered in time', async () => {
    await roomOfBoth();
    const { pos } = await slide(bob, { lists: listOf(5) });
    const began = performance.now();
    const answer = await slide(bob, { lists: listOf(5), pos, timeout: 300 });
    expect(performance.now() - began).toBeGreaterThan(280);
    expect(answer.rooms).toBeUndefined();
    expect(answer.lists).toEqual({ all: { count: 1 } });
  });

  test('an answer that was lost is given again, with what came meanwhile, and nothing twice after that', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    const lists = listOf(5, { timeline_limit: 5 });
    const first = await slide(bob, { lists });
    await say(ada, roomId, 'one');
    const lost = await slide(bob, { lists, pos: first.pos });
    expect(bodiesIn(lost.rooms?.[roomId])).toEqual(['one']);
    const again = await slide(bob, { lists, pos: first.pos });
    expect(again.rooms).toEqual(lost.rooms);
    await say(ada, roomId, 'two');
    const later = await slide(bob, { lists, pos: first.pos });
    expect(bodiesIn(later.rooms?.[roomId])).toEqual(['one', 'two']);
    expect((await slide(bob, { lists, pos: later.pos })).rooms).toBeUndefined();
  });

  test('a first answer that was lost is given again', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    const lost = await slide(bob, { lists: listOf(5) });
    const again = await slide(bob, { lists: listOf(5) });
    expect(again.rooms).toEqual(lost.rooms);
    expect(again.rooms?.[roomId]?.initial).toBe(true);
  });

  test('a place that is not known is refused: of nowhere, of another device, too old, or of before a restart', async () => {
    const lists = listOf(5);
    const nowhere = { lists, pos: 's1_123' };
    const refusal = { status: 400, body: { errcode: 'M_UNKNOWN_POS' } };
    expect(await trySliding(ada, nowhere)).toMatchObject(refusal);
    const { pos } = await slide(ada, { lists });
    const { pos: next } = await slide(ada, { lists, pos });
    await slide(ada, { lists, pos: next });
    expect(await trySliding(ada, { lists, pos })).toMatchObject(refusal);
    expect(await trySliding(ada, { lists, pos: next, conn_id: 'other' })).toMatchObject(refusal);
    expect(await trySliding(await signIn(server, ada.name), { lists, pos: next })).toMatchObject(refusal);
    expect(await trySliding(bob, { lists, pos: next })).toMatchObject(refusal);
    await server.stop();
    server = await server.restart();
    const back = await signIn(server, ada.name);
    expect(await trySliding(back, { lists, pos: next })).toMatchObject(refusal);
  });

  test('connections of one device know nothing of each other', async () => {
    const roomId = await roomOfBoth();
    const one = await slide(bob, { lists: listOf(5), conn_id: 'one' });
    const two = await slide(bob, { lists: listOf(5), conn_id: 'two' });
    expect([roomIdsIn(one), roomIdsIn(two)]).toEqual([[roomId], [roomId]]);
    await say(ada, roomId, 'hello');
    for (const [connId, pos] of [
      ['one', one.pos],
      ['two', two.pos],
    ]) {
      const news = await slide(bob, { lists: listOf(5), conn_id: connId, ...(pos === undefined ? {} : { pos }) });
      expect(bodiesIn(news.rooms?.[roomId])).toEqual(['hello']);
    }
  });

  test('a gap is said to be one, and history leads on from it', async () => {
    const roomId = await roomOfBoth();
    const lists = listOf(5, { timeline_limit: 3 });
    const { pos } = await slide(bob, { lists });
    for (let index = 0; index < 8; index += 1) await say(ada, roomId, `word ${index}`);
    const { rooms, pos: next } = await slide(bob, { lists, pos });
    expect(rooms?.[roomId]).toMatchObject({ limited: true, num_live: 3 });
    expect(bodiesIn(rooms?.[roomId])).toEqual(['word 5', 'word 6', 'word 7']);
    const page = async (from: string | undefined) =>
      (
        await bob.expectOk.get<{ chunk: { content: { body: string } }[] }>(
          roomPath(roomId, `/messages?dir=b&limit=2&from=${from}`),
        )
      ).chunk.map(({ content }) => content.body);
    expect(await page(rooms?.[roomId]?.prev_batch)).toEqual(['word 4', 'word 3']);
    expect(await page(next)).toEqual(['word 7', 'word 6']);
  });

  test('who asks for more of a timeline gets it at once, and only then', async () => {
    const roomId = await roomOfBoth();
    for (const word of ['A', 'B', 'C', 'D']) await say(ada, roomId, word);
    const first = await slide(bob, { lists: listOf(5) });
    expect(bodiesIn(first.rooms?.[roomId])).toEqual(['D']);
    await say(ada, roomId, 'E');
    const second = await slide(bob, { lists: listOf(5), pos: first.pos });
    const subscribed = { lists: listOf(5), room_subscriptions: { [roomId]: { timeline_limit: 4 } } };
    const third = await slide(bob, { ...subscribed, pos: second.pos, timeout: 20_000 });
    expect(third.rooms?.[roomId]).toMatchObject({ unstable_expanded_timeline: true, num_live: 0 });
    expect(third.rooms?.[roomId]?.initial).toBeUndefined();
    expect(bodiesIn(third.rooms?.[roomId])).toEqual(['B', 'C', 'D', 'E']);
    const fourth = await slide(bob, { ...subscribed, pos: third.pos });
    expect(fourth.rooms).toBeUndefined();
    await say(ada, roomId, 'F');
    const fifth = await slide(bob, { ...subscribed, pos: fourth.pos });
    expect(bodiesIn(fifth.rooms?.[roomId])).toEqual(['F']);
    const wider = { lists: listOf(5), room_subscriptions: { [roomId]: { timeline_limit: 5 } } };
    expect((await slide(bob, { ...wider, pos: fifth.pos })).rooms).toBeUndefined();
  });

  test('state comes as it is asked for: by name, by wildcard, one’s own, and as people speak', async () => {
    const eve = await signUp(server, `eve${names}`);
    const roomId = await roomOfBoth({ name: 'Tea' });
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: eve.userId });
    await join(eve, roomId);
    await say(ada, roomId, 'hello');
    const asked = async (required: unknown) =>
      stateIn((await slide(bob, { lists: listOf(5, { required_state: required }) })).rooms?.[roomId]);
    expect(await asked([])).toEqual([]);
    expect(await asked([['m.room.name', '']])).toEqual(['m.room.name']);
    expect(await asked([['m.room.member', '$ME']])).toEqual([member(bob)]);
    expect(await asked([['m.room.member', '$LAZY']])).toEqual([member(ada)]);
    expect(await asked([['m.room.member', '*']])).toEqual([member(ada), member(bob), member(eve)].toSorted());
    expect(await asked([['*', eve.userId]])).toEqual([member(eve)]);
    const everything = await asked([['*', '*']]);
    expect(everything).toEqual(expect.arrayContaining(['m.room.create', 'm.room.power_levels', member(eve)]));
    const lazily = await asked([
      ['*', '*'],
      ['m.room.member', '$LAZY'],
    ]);
    expect(lazily).toEqual(everything.filter((name) => name !== member(bob) && name !== member(eve)));
  });

  test('members are told as they speak and as they change, each once', async () => {
    const roomId = await roomOfBoth();
    await say(ada, roomId, 'hello');
    const lists = listOf(5, { timeline_limit: 5, required_state: [['m.room.member', '$LAZY']] });
    const eve = await signUp(server, `eve${names}`);
    const { pos, rooms } = await slide(eve, { lists });
    expect(rooms).toBeUndefined();
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: eve.userId });
    await join(eve, roomId);
    const first = await slide(bob, { lists });
    const told = stateIn(first.rooms?.[roomId]);
    expect(told).toContain(`m.room.member ${ada.userId}`);
    await say(ada, roomId, 'again');
    const second = await slide(bob, { lists, pos: first.pos });
    expect(stateIn(second.rooms?.[roomId])).toEqual([]);
    await ada.expectOk.put(`/_matrix/client/v3/profile/${ada.userId}/displayname`, { displayname: 'Ada' });
    const third = await slide(bob, { lists, pos: second.pos });
    expect(third.rooms?.[roomId]?.required_state?.map(({ content }) => content['displayname'])).toEqual(['Ada']);
    expect(pos).not.toBe(first.pos);
  });

  test('state that is asked for later comes then, and no other', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    const first = await slide(bob, { lists: withState([['m.room.name', '']]) });
    const more = [
      ['m.room.name', ''],
      ['m.room.create', ''],
    ];
    const second = await slide(bob, { lists: withState(more), pos: first.pos });
    expect(stateIn(second.rooms?.[roomId])).toEqual(['m.room.create']);
    const third = await slide(bob, { lists: withState(more), pos: second.pos });
    expect(third.rooms).toBeUndefined();
    // What changes while it is not asked for is told when it is.
    const fourth = await slide(bob, { lists: withState([['m.room.create', '']]), pos: third.pos });
    expect(fourth.rooms).toBeUndefined();
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.name'), { name: 'Coffee' });
    const fifth = await slide(bob, { lists: withState([['m.room.create', '']]), pos: fourth.pos });
    expect(stateIn(fifth.rooms?.[roomId])).toEqual([]);
    const sixth = await slide(bob, { lists: withState(more), pos: fifth.pos });
    expect(sixth.rooms?.[roomId]?.required_state?.map(({ content }) => content)).toEqual([{ name: 'Coffee' }]);
  });

  test('a room’s looks: name, avatar, heroes, numbers of people; and only what changes is told again', async () => {
    const roomId = await roomOfBoth();
    const first = await slide(bob, { lists: listOf(5) });
    expect(first.rooms?.[roomId]).toMatchObject({
      joined_count: 2,
      invited_count: 0,
      heroes: [{ user_id: ada.userId }],
    });
    expect(first.rooms?.[roomId]).not.toHaveProperty('name');
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.name'), { name: 'Tea' });
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.avatar'), { url: 'mxc://byline.test/cup' });
    const second = await slide(bob, { lists: listOf(5), pos: first.pos });
    expect(second.rooms?.[roomId]).toMatchObject({ name: 'Tea', avatar: 'mxc://byline.test/cup' });
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.name'), { name: '' });
    const third = await slide(bob, { lists: listOf(5), pos: second.pos });
    expect(third.rooms?.[roomId]).toMatchObject({ name: null, heroes: [{ user_id: ada.userId }] });
    expect(third.rooms?.[roomId]).not.toHaveProperty('avatar');
    expect(third.rooms?.[roomId]).not.toHaveProperty('joined_count');
  });

  test('what is unread is told, and that it was read', async () => {
    const roomId = await roomOfBoth();
    const first = await slide(bob, { lists: listOf(5) });
    const eventId = await say(ada, roomId, 'hello');
    const second = await slide(bob, { lists: listOf(5), pos: first.pos });
    expect(second.rooms?.[roomId]).toMatchObject({ notification_count: 1, highlight_count: 0 });
    await bob.expectOk.post(roomPath(roomId, `/receipt/m.read/${encodeURIComponent(eventId)}`));
    const third = await slide(bob, { lists: listOf(5), pos: second.pos });
    expect(third.rooms?.[roomId]).toMatchObject({ notification_count: 0 });
    expect(third.rooms?.[roomId]).not.toHaveProperty('timeline');
  });

  test('rooms are ordered by what is said in them, and a reaction is no such thing', async () => {
    const roomId = await roomOfBoth();
    const eventId = await say(ada, roomId, 'hello');
    const first = await slide(bob, { lists: listOf(5) });
    const stamp = first.rooms?.[roomId]?.bump_stamp ?? 0;
    const reaction = { 'm.relates_to': { rel_type: 'm.annotation', event_id: eventId, key: '+' } };
    await ada.expectOk.put(roomPath(roomId, '/send/m.reaction/txn'), reaction);
    const second = await slide(bob, { lists: listOf(5), pos: first.pos });
    expect(second.rooms?.[roomId]?.timeline?.map(({ type }) => type)).toEqual(['m.reaction']);
    expect(second.rooms?.[roomId]).not.toHaveProperty('bump_stamp');
    await say(ada, roomId, 'again');
    const third = await slide(bob, { lists: listOf(5), pos: second.pos });
    expect(third.rooms?.[roomId]?.bump_stamp).toBeGreaterThan(stamp);
  });

  test('the merged dialect says it in its own words', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    const invitation = await createRoom(ada, { name: 'Secret', invite: [bob.userId] });
    for (const word of ['A', 'B', 'C']) await say(ada, roomId, word);
    const first = await slideMerged(bob, { lists: mergedLists(1) });
    expect(first.lists).toEqual({ all: { count: 2 } });
    expect(first.rooms?.[roomId]).toMatchObject({ membership: 'join', lists: ['all'], initial: true, name: 'Tea' });
    expect(first.rooms?.[roomId]).not.toHaveProperty('notification_count');
    expect(stateIn(first.rooms?.[roomId])).toEqual([`m.room.member ${ada.userId}`, 'm.room.name']);
    expect(first.rooms?.[invitation]).toMatchObject({ membership: 'invite', initial: true });
    expect(first.rooms?.[invitation]).not.toHaveProperty('timeline');
    expect(first.rooms?.[invitation]?.stripped_state?.map(({ type }) => type)).toContain('m.room.name');
    const second = await slideMerged(bob, { lists: mergedLists(3), pos: first.pos, timeout: 20_000 });
    expect(second.rooms?.[roomId]).toMatchObject({ expanded_timeline: true });
    expect(bodiesIn(second.rooms?.[roomId])).toEqual(['A', 'B', 'C']);
    await bob.expectOk.post(roomPath(invitation, '/leave'));
    const third = await slideMerged(bob, { lists: mergedLists(3), pos: second.pos });
    expect(third.rooms?.[invitation]).toMatchObject({ membership: 'leave' });
    expect(third.rooms?.[invitation]?.stripped_state?.map(({ content }) => content['membership'])).toEqual(['leave']);
  });

  test.each([
    ['too many lists', { lists: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`l${index}`, LIST])) }],
    [
      'too many rooms by name',
      { room_subscriptions: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`!r${index}:x`, LIST])) },
    ],
    ['a presence that is none', { set_presence: 'asleep' }],
  ])('the merged dialect refuses %s', async (_name, body) => {
    expect(await ada.post('/_matrix/client/v4/sync', body)).toMatchObject({
      status: 400,
      body: { errcode: 'M_INVALID_PARAM' },
    });
  });

  test('what Element X asks for is what it gets', async () => {
    const roomId = await roomOfBoth({ name: 'Tea' });
    await say(ada, roomId, 'hello');
    const { rooms } = await slide(bob, { lists: listOf(20, { required_state: ELEMENT_X_STATE }) });
    expect(stateIn(rooms?.[roomId])).toEqual(
      [
        'm.room.create',
        'm.room.history_visibility',
        'm.room.join_rules',
        'm.room.name',
        'm.room.power_levels',
        `m.room.member ${ada.userId}`,
        `m.room.member ${bob.userId}`,
      ].toSorted(),
    );
  });
});

const LIST = { timeline_limit: 1, required_state: {} };
