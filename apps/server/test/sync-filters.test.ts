import { type Person, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { act, setState } from './room-calls.ts';
import { bodiesOf, createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

/** What a client wants to hear of, and how (specification, client-server API: "Filtering", "Syncing"). */
describe.each(ENGINES)('a filtered sync on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let roomId = '';

  beforeAll(async () => {
    server = await startWholeServer(engine);
    [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
    roomId = await createRoom(ada, { preset: 'private_chat', name: 'Tea', invite: [bob.userId] });
    await join(bob, roomId);
  });

  afterAll(() => server.dispose());

  const filtered = async (filter: object, since?: string) => sync(bob, since, { filter: JSON.stringify(filter) });

  const picture = (): Promise<unknown> =>
    ada.expectOk.put(roomPath(roomId, `/send/m.room.message/${Math.random()}`), {
      msgtype: 'm.image',
      body: 'a picture',
      url: 'mxc://byline.test/picture',
    });

  test('a timeline goes back until it has as many events as are wanted, and says whether there are more', async () => {
    const { next_batch: since } = await sync(bob);
    await say(ada, roomId, 'one');
    await say(ada, roomId, 'two');
    for (let index = 0; index < 30; index += 1) await setState(ada, roomId, 'im.test', { index });
    const both = (await filtered(only(2), since)).rooms?.join?.[roomId];
    expect([bodiesOf(both), both?.timeline.limited]).toEqual([['one', 'two'], false]);
    const last = (await filtered(only(1), since)).rooms?.join?.[roomId];
    expect([bodiesOf(last), last?.timeline.limited]).toEqual([['two'], true]);
    const none = (await filtered(only(0), since)).rooms?.join?.[roomId];
    expect([none?.timeline.events, none?.timeline.limited]).toEqual([[], true]);
  });

  test('state that is kept out of the timeline is told as state', async () => {
    const { next_batch: since } = await sync(bob);
    await say(ada, roomId, 'before');
    await setState(ada, roomId, 'm.room.topic', { topic: 'kept out' });
    await say(ada, roomId, 'after');
    const room = (await filtered({ room: { timeline: { not_types: ['m.room.topic'] } } }, since)).rooms?.join?.[roomId];
    expect(bodiesOf(room)).toEqual(['before', 'after']);
    expect(room?.state?.events.map(({ content }) => content)).toEqual([{ topic: 'kept out' }]);
  });

  test.each([
    ['senders', { not_senders: ['@ada:byline.test'] }, []],
    ['only those with a file', { contains_url: true }, ['a picture']],
    ['only those without', { contains_url: false }, ['words']],
    ['rooms of the timeline', { not_rooms: ['ROOM'] }, []],
    ['other rooms', { not_rooms: ['!other:byline.test'] }, ['words', 'a picture']],
  ])('by %s', async (_name, timeline, expected) => {
    const { next_batch: since } = await sync(bob);
    await say(ada, roomId, 'words');
    await picture();
    const filter = JSON.stringify({ room: { timeline } }).replace('ROOM', roomId);
    expect(bodiesOf((await sync(bob, since, { filter })).rooms?.join?.[roomId])).toEqual(expected);
  });

  test('a room that is left out is left out wholly, and typing, receipts and data where they are', async () => {
    const { next_batch: since } = await sync(bob);
    const eventId = await say(ada, roomId, 'read me');
    await bob.expectOk.post(roomPath(roomId, `/receipt/m.read/${encodeURIComponent(eventId)}`));
    const path = `/_matrix/client/v3/user/${encodeURIComponent(bob.userId)}`;
    await bob.expectOk.put(`${path}/rooms/${encodeURIComponent(roomId)}/account_data/im.test`, { a: 1 });
    await bob.expectOk.put(`${path}/account_data/im.global`, { b: 2 });
    expect((await filtered({ room: { not_rooms: [roomId] } }, since)).rooms?.join).toBeUndefined();
    const quiet = await filtered(
      { account_data: { types: [] }, room: { ephemeral: { not_types: ['m.*'] }, account_data: { types: [] } } },
      since,
    );
    expect(quiet.account_data).toBeUndefined();
    expect(quiet.rooms?.join?.[roomId]?.ephemeral).toBeUndefined();
    expect(quiet.rooms?.join?.[roomId]?.account_data).toBeUndefined();
    expect(quiet.rooms?.join?.[roomId]?.unread_notifications?.notification_count).toBe(0);
    const all = await filtered({}, since);
    expect(all.account_data?.events).toContainEqual({ type: 'im.global', content: { b: 2 } });
    expect(all.rooms?.join?.[roomId]?.account_data?.events).toContainEqual({ type: 'im.test', content: { a: 1 } });
    expect(all.rooms?.join?.[roomId]?.ephemeral?.events).toHaveLength(1);
  });

  test('only the fields that are asked for, and the event as servers have it', async () => {
    const { next_batch: since } = await sync(bob);
    await say(ada, roomId, 'short');
    const fields = (await filtered({ event_fields: ['type', 'content.body'] }, since)).rooms?.join?.[roomId];
    expect(fields?.timeline.events).toEqual([{ type: 'm.room.message', content: { body: 'short' } }]);
    const [raw] = (await filtered({ event_format: 'federation' }, since)).rooms?.join?.[roomId]?.timeline.events ?? [];
    expect(raw).toMatchObject({
      auth_events: expect.any(Array),
      hashes: expect.any(Object),
      content: { body: 'short' },
    });
  });

  test('rooms that one has left come where they are asked for, unless they are forgotten', async () => {
    const [kept, forgotten] = [
      await createRoom(ada, { preset: 'public_chat', name: 'Kept' }),
      await createRoom(ada, { preset: 'public_chat', name: 'Forgotten' }),
    ];
    for (const left of [kept, forgotten]) {
      await join(bob, left);
      await say(ada, left, 'while you were here');
      await bob.expectOk.post(roomPath(left, '/leave'));
      await say(ada, left, 'alone');
      await setState(ada, left, 'm.room.name', { name: 'Renamed' });
    }
    await act(ada, kept, 'ban', bob);
    await bob.expectOk.post(roomPath(forgotten, '/forget'));
    expect((await sync(bob)).rooms?.leave).toBeUndefined();
    const { leave = {} } = (await filtered({ room: { include_leave: true } })).rooms ?? {};
    expect(Object.keys(leave)).toEqual([kept]);
    const events = leave[kept]?.timeline.events ?? [];
    expect(bodiesOf(leave[kept])).toEqual(['while you were here']);
    expect(events.slice(-2).map(({ content }) => content['membership'])).toEqual(['leave', 'ban']);
    expect(JSON.stringify(leave[kept])).not.toContain('Renamed');
  });

  test.each([
    ['state_after', { use_state_after: 'true' }],
    ['org.matrix.msc4222.state_after', { 'org.matrix.msc4222.use_state_after': 'true' }],
  ] as const)('the state after the timeline, as %s', async (name, asked) => {
    const first = (await sync(bob, undefined, { ...asked, filter: '{"room":{"timeline":{"limit":1}}}' })).rooms?.join;
    const types = first?.[roomId]?.[name]?.events.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['m.room.create', 'm.room.name', 'm.room.member']));
    expect(first?.[roomId]?.state).toBeUndefined();
    const { next_batch: since } = await sync(bob);
    await setState(ada, roomId, 'm.room.topic', { topic: `first ${name}` });
    await setState(ada, roomId, 'm.room.topic', { topic: `second ${name}` });
    await say(ada, roomId, 'and a word');
    const room = (await sync(bob, since, asked)).rooms?.join?.[roomId];
    expect(room?.[name]?.events.map(({ content }) => content)).toEqual([{ topic: `second ${name}` }]);
    expect(room?.timeline.events).toHaveLength(3);
    const before = await sync(bob, undefined, asked);
    await say(ada, roomId, 'only a word');
    expect((await sync(bob, before.next_batch, asked)).rooms?.join?.[roomId]?.[name]).toEqual({ events: [] });
    // A client that finds none of it takes it that the server does not know how to tell it.
    const typing = roomPath(roomId, `/typing/${encodeURIComponent(ada.userId)}`);
    const { next_batch: quiet } = await sync(bob, undefined, asked);
    await ada.expectOk.put(typing, { typing: true });
    const typed = (await sync(bob, quiet, asked)).rooms?.join?.[roomId];
    expect([typed?.ephemeral?.events.length, typed?.[name]]).toEqual([1, { events: [] }]);
    await ada.expectOk.put(typing, { typing: false });
  });

  test('whoever asks for all of the state is answered at once', async () => {
    const { next_batch: since } = await sync(bob);
    const began = performance.now();
    const room = (await sync(bob, since, { full_state: 'true', timeout: 20_000 })).rooms?.join?.[roomId];
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(room?.state?.events.map(({ type }) => type)).toContain('m.room.create');
  });
});

/** A filter that lets only so many messages pass. */
const only = (limit: number) => ({ room: { timeline: { types: ['m.room.message'], limit } } });
