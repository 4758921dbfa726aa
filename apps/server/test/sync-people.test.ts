import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, setState } from './room-calls.ts';
import { bodiesOf, createRoom, join, roomPath, say, sync, type SyncedRoom } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const NAMES = ['ada', 'bob', 'eve', 'tom', 'kim', 'lea', 'max', 'ned', 'pia'] as const;
const LAZY = { room: { timeline: { limit: 2 }, state: { lazy_load_members: true } } };
const REDUNDANT = { room: { ...LAZY.room, state: { lazy_load_members: true, include_redundant_members: true } } };

/** Of whom a device is told (specification, client-server API: "Lazy-loading room members", "Ignoring Users"). */
describe.each(ENGINES)('people in a sync on %s', (engine) => {
  let server: TestServer;
  let people: Readonly<Record<(typeof NAMES)[number], Person>>;
  let roomId = '';

  beforeAll(async () => {
    server = await startWholeServer(engine);
    const signedUp = await Promise.all(NAMES.map(async (name) => [name, await signUp(server, name)] as const));
    people = Object.fromEntries(signedUp) as typeof people;
    roomId = await createRoom(people.ada, { preset: 'public_chat' });
    for (const name of NAMES.slice(1)) await join(people[name], roomId);
    await say(people.ned, roomId, 'hello');
    await say(people.ned, roomId, 'all');
  });

  afterAll(() => server.dispose());

  const namesOf = (...names: readonly (typeof NAMES)[number][]): string[] =>
    names.map((name) => people[name].userId).toSorted();

  test('a lazy device is told of who speaks, of itself and of who stands for the room, and of nobody twice', async () => {
    const device = await signIn(server, 'pia');
    const first = await asLazy(device);
    const room = first.rooms?.join?.[roomId];
    expect(room?.summary?.['m.heroes']).toEqual(namesOf('ada', 'bob', 'eve', 'tom', 'kim').toSorted(byAge));
    expect(membersOf(room).map(String).toSorted()).toEqual(namesOf('ada', 'bob', 'eve', 'kim', 'ned', 'pia', 'tom'));

    await say(people.max, roomId, 'I was silent so far');
    const lost = await asLazy(device, first.next_batch);
    expect(membersOf(lost.rooms?.join?.[roomId])).toEqual(namesOf('max'));
    const again = await asLazy(device, first.next_batch);
    expect(membersOf(again.rooms?.join?.[roomId])).toEqual(namesOf('max'));
    await say(people.max, roomId, 'and now I am not');
    const known = await asLazy(device, again.next_batch);
    expect(membersOf(known.rooms?.join?.[roomId])).toEqual([]);
    expect(membersOf((await asLazy(device, again.next_batch, REDUNDANT)).rooms?.join?.[roomId])).toEqual(
      namesOf('max'),
    );
    const other = await signIn(server, 'pia');
    const { next_batch: since } = await asLazy(other);
    await say(people.lea, roomId, 'me too');
    expect(membersOf((await asLazy(other, since)).rooms?.join?.[roomId])).toEqual(namesOf('lea'));
  });

  test('whoever changes in a gap is told of, whether they speak or not', async () => {
    const { next_batch: since } = await asLazy(people.kim);
    const path = `/_matrix/client/v3/profile/${encodeURIComponent(people.tom.userId)}/displayname`;
    await people.tom.expectOk.put(path, { displayname: 'Tom the silent' });
    for (const word of ['one', 'two', 'three']) await say(people.ada, roomId, word);
    const room = (await asLazy(people.kim, since)).rooms?.join?.[roomId];
    expect(room?.timeline.limited).toBe(true);
    expect(membersOf(room)).toContain(people.tom.userId);
  });

  test('events say what one was in the room at the time', async () => {
    const closed = await createRoom(people.ada, { preset: 'private_chat' });
    await say(people.ada, closed, 'before');
    await act(people.ada, closed, 'invite', people.eve);
    await say(people.ada, closed, 'meanwhile');
    await join(people.eve, closed);
    await say(people.ada, closed, 'after');
    const { next_batch: since, rooms } = await sync(people.eve);
    const told = rooms?.join?.[closed]?.timeline.events ?? [];
    const memberships = told
      .filter(({ type }) => type === 'm.room.message')
      .map(({ content, unsigned }) => [content['body'], unsigned?.['membership']]);
    expect(memberships).toEqual([
      ['before', 'leave'],
      ['meanwhile', 'invite'],
      ['after', 'join'],
    ]);
    await say(people.ada, closed, 'news');
    const [news] = (await sync(people.eve, since)).rooms?.join?.[closed]?.timeline.events ?? [];
    expect(news?.unsigned?.['membership']).toBe('join');
  });

  test('what a state took the place of is told, read from memory or not', async () => {
    const { next_batch: since } = await sync(people.bob);
    const first = await setState(people.ada, roomId, 'm.room.topic', { topic: 'old' });
    await setState(people.ada, roomId, 'm.room.topic', { topic: 'new' });
    for (let index = 0; index < 3; index += 1) await say(people.ada, roomId, `word ${index}`);
    const topic = async () => {
      const told = await sync(people.bob, since, { filter: JSON.stringify({ room: { timeline: { limit: 1 } } }) });
      return told.rooms?.join?.[roomId]?.state?.events.find(({ type }) => type === 'm.room.topic')?.unsigned;
    };
    const expected = { replaces_state: first.body.event_id, prev_content: { topic: 'old' } };
    expect(await topic()).toMatchObject(expected);
    await server.stop();
    server = await server.restart();
    people = Object.fromEntries(
      await Promise.all(NAMES.map(async (name) => [name, await signIn(server, name)] as const)),
    ) as typeof people;
    expect(await topic()).toMatchObject(expected);
  });

  test('whom one ignores is not heard, does not count and can invite nobody, until they are ignored no more', async () => {
    const { lea, max } = people;
    const list = `/_matrix/client/v3/user/${encodeURIComponent(lea.userId)}/account_data/m.ignored_user_list`;
    const before = await sync(lea);
    await lea.expectOk.put(list, { ignored_users: { [max.userId]: {}, nobody: {} } });
    const told = await sync(lea, before.next_batch);
    expect(told.account_data?.events.map(({ type }) => type)).toEqual(['m.ignored_user_list']);
    const counted = (await sync(lea)).rooms?.join?.[roomId]?.unread_notifications?.notification_count ?? 0;

    await say(max, roomId, 'unheard');
    await setState(people.ada, roomId, 'm.room.topic', { topic: 'still told' });
    const unwanted = await createRoom(max, { preset: 'private_chat', invite: [lea.userId] });
    const news = await sync(lea, told.next_batch);
    expect(bodiesOf(news.rooms?.join?.[roomId])).toEqual([]);
    expect(news.rooms?.join?.[roomId]?.timeline.events.map(({ type }) => type)).toEqual(['m.room.topic']);
    expect(news.rooms?.invite).toBeUndefined();
    const anew = await sync(lea);
    expect(bodiesOf(anew.rooms?.join?.[roomId])).not.toContain('unheard');
    expect(anew.rooms?.invite?.[unwanted]).toBeUndefined();
    expect(anew.rooms?.join?.[roomId]?.unread_notifications?.notification_count).toBe(counted);

    await lea.expectOk.put(list, { ignored_users: {} });
    await say(max, roomId, 'heard again');
    expect(bodiesOf((await sync(lea, news.next_batch)).rooms?.join?.[roomId])).toEqual(['heard again']);
    expect(bodiesOf((await sync(lea)).rooms?.join?.[roomId])).toContain('unheard');
    expect((await sync(lea)).rooms?.invite?.[unwanted]).toBeDefined();
  });

  test('threads are counted apart where that is asked for', async () => {
    const talk = await createRoom(people.ada, { preset: 'public_chat' });
    await join(people.tom, talk);
    const root = await say(people.ada, talk, 'a thread begins');
    const relation = { rel_type: 'm.thread', event_id: root };
    const inThread = { msgtype: 'm.text', body: 'within', 'm.relates_to': relation };
    await people.ada.expectOk.put(roomPath(talk, '/send/m.room.message/within'), inThread);
    const filter = JSON.stringify({ room: { timeline: { unread_thread_notifications: true } } });
    const apart = (await sync(people.tom, undefined, { filter })).rooms?.join?.[talk];
    expect(apart?.unread_notifications?.notification_count).toBe(1);
    expect(apart?.unread_thread_notifications).toEqual({ [root]: { notification_count: 1, highlight_count: 0 } });
    const together = (await sync(people.tom)).rooms?.join?.[talk];
    expect(together?.unread_notifications?.notification_count).toBe(2);
    expect(together?.unread_thread_notifications).toBeUndefined();
  });
});

const byAge = (left: string, right: string): number => ageOf(left) - ageOf(right);

const ageOf = (userId: string): number => NAMES.findIndex((name) => userId.startsWith(`@${name}:`));

const asLazy = (person: Person, since?: string, filter: object = LAZY) =>
  sync(person, since, { filter: JSON.stringify(filter), use_state_after: 'true' });

const membersOf = (room: SyncedRoom | undefined): unknown[] =>
  (room?.state_after?.events ?? []).filter(({ type }) => type === 'm.room.member').map(({ state_key }) => state_key);
