import type { TestServer } from '@byline/testkit/byline.ts';
import { caller, type Person, signIn, signUp } from '@byline/testkit/person.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { answerInThread, ignore } from './relating.ts';
import { redact } from './room-calls.ts';
import { createRoom, join, roomPath, say, sync } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const numbersOf = (counts: { readonly notification_count: number; readonly highlight_count: number }): number[] => [
  counts.notification_count,
  counts.highlight_count,
];

/** What devices are told of receipts, typing and unread counts, over the whole server. */
describe.each(ENGINES)('reading and being told on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;
  let roomId = '';

  beforeEach(async () => {
    server = await startWholeServer(engine);
    [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
    roomId = await createRoom(ada, { preset: 'private_chat', invite: [bob.userId] });
    await join(bob, roomId);
  });

  afterEach(() => server.dispose());

  const read = (person: Person, type: string, eventId: string) =>
    person.expectOk.post(roomPath(roomId, `/receipt/${type}/${encodeURIComponent(eventId)}`));

  const news = async (person: Person, since?: string, timeout = 0) => {
    const synced = await sync(person, since, { timeout });
    const room = synced.rooms?.join?.[roomId];
    const counts = room?.unread_notifications;
    return {
      since: synced.next_batch,
      unread: counts === undefined ? undefined : [counts.notification_count, counts.highlight_count],
      ephemeral: room?.ephemeral?.events ?? [],
      roomData: room?.account_data?.events ?? [],
      globalData: synced.account_data?.events ?? [],
    };
  };

  test('a new event comes with its count, and a receipt takes it away on every device', async () => {
    const before = await news(bob);
    expect(before.unread).toEqual([0, 0]);
    const waiting = news(bob, before.since, 20_000);
    const eventId = await say(ada, roomId, 'hello');
    const after = await waiting;
    expect(after.unread).toEqual([1, 0]);
    const elsewhere = news(bob, after.since, 20_000);
    await read(bob, 'm.read', eventId);
    expect((await elsewhere).unread).toEqual([0, 0]);
    expect((await news(bob)).unread).toEqual([0, 0]);
  });

  test('others see a public receipt, and never a private one', async () => {
    const [first, second] = [await say(ada, roomId, 'one'), await say(ada, roomId, 'two')];
    const { since } = await news(ada);
    const waiting = news(ada, since, 20_000);
    await read(bob, 'm.read.private', second);
    await read(bob, 'm.read', first);
    const receipt = { 'm.read': { [bob.userId]: { ts: expect.any(Number) } } };
    expect((await waiting).ephemeral).toEqual([{ type: 'm.receipt', content: { [first]: receipt } }]);
    expect((await news(ada)).ephemeral).toEqual([{ type: 'm.receipt', content: { [first]: receipt } }]);
    expect(JSON.stringify((await news(bob)).ephemeral)).toContain('m.read.private');
  });

  test('the fully read marker is told to its user alone', async () => {
    const eventId = await say(ada, roomId, 'one');
    await bob.expectOk.post(roomPath(roomId, '/read_markers'), { 'm.fully_read': eventId });
    expect((await news(bob)).roomData).toContainEqual({ type: 'm.fully_read', content: { event_id: eventId } });
    expect((await news(ada)).roomData).toEqual([]);
  });

  test('others see at once who is typing', async () => {
    const { since } = await news(ada);
    const waiting = news(ada, since, 20_000);
    await bob.expectOk.put(roomPath(roomId, `/typing/${encodeURIComponent(bob.userId)}`), { typing: true });
    const begun = await waiting;
    expect(begun.ephemeral).toEqual([{ type: 'm.typing', content: { user_ids: [bob.userId] } }]);
    const ending = news(ada, begun.since, 20_000);
    await bob.expectOk.put(roomPath(roomId, `/typing/${encodeURIComponent(bob.userId)}`), { typing: false });
    expect((await ending).ephemeral).toEqual([{ type: 'm.typing', content: { user_ids: [] } }]);
  });

  test('everybody is told their push rules, and told again when they change', async () => {
    const before = await news(bob);
    const rules = await bob.expectOk.get('/_matrix/client/v3/pushrules/');
    expect(before.globalData).toContainEqual({ type: 'm.push_rules', content: rules });
    const waiting = news(bob, before.since, 20_000);
    await bob.expectOk.put(`/_matrix/client/v3/pushrules/global/room/${encodeURIComponent(roomId)}`, { actions: [] });
    const changed = await bob.expectOk.get('/_matrix/client/v3/pushrules/');
    expect((await waiting).globalData).toEqual([{ type: 'm.push_rules', content: changed }]);
    await say(ada, roomId, 'into a muted room');
    expect((await news(bob)).unread).toEqual([0, 0]);
    expect((await news(ada)).unread).toEqual([0, 0]);
  });

  /** The counts of the room, and of each thread, as a device is told that asks for threads. */
  const threaded = async (person: Person, since?: string) => {
    const filter = JSON.stringify({ room: { timeline: { unread_thread_notifications: true } } });
    const synced = await sync(person, since, { filter, timeout: since === undefined ? 0 : 20_000 });
    const room = synced.rooms?.join?.[roomId];
    const threads = Object.entries(room?.unread_thread_notifications ?? {}).map(([root, counts]) => [
      root,
      numbersOf(counts),
    ]);
    const main = room?.unread_notifications;
    return {
      since: synced.next_batch,
      main: main && numbersOf(main),
      threads: Object.fromEntries(threads) as Record<string, number[]>,
    };
  };

  test('threads are counted apart for who asks, and a receipt in one is told to the other device', async () => {
    const phone = await signIn(server, 'bob');
    const root = await say(ada, roomId, 'root');
    const first = await answerInThread(ada, roomId, root, 'one');
    await answerInThread(ada, roomId, root, 'bob', { 'm.mentions': { user_ids: [bob.userId] } });
    const before = await threaded(phone);
    expect(before).toMatchObject({ main: [1, 0], threads: { [root]: [2, 1] } });
    expect((await news(bob)).unread).toEqual([3, 1]);
    const waiting = threaded(phone, before.since);
    const path = roomPath(roomId, `/receipt/m.read.private/${encodeURIComponent(first)}`);
    await bob.expectOk.post(path, { thread_id: root });
    const after = await waiting;
    expect(after).toMatchObject({ main: [1, 0], threads: { [root]: [1, 1] } });
    const unthreaded = threaded(phone, after.since);
    const last = await say(ada, roomId, 'last');
    expect(await unthreaded).toMatchObject({ main: [2, 0], threads: { [root]: [1, 1] } });
    await read(bob, 'm.read', last);
    expect(await threaded(phone)).toMatchObject({ main: [0, 0], threads: {} });
  });

  test('a redaction takes the count away at once; an answer of one’s own reads what it answers', async () => {
    const { since } = await news(bob);
    const eventId = await say(ada, roomId, 'hello');
    const counted = await news(bob, since, 20_000);
    expect(counted.unread).toEqual([1, 0]);
    const waiting = news(bob, counted.since, 20_000);
    await redact(ada, roomId, eventId);
    expect((await waiting).unread).toEqual([0, 0]);
    await say(ada, roomId, 'again');
    const phone = await signIn(server, 'bob');
    const elsewhere = await news(phone);
    expect(elsewhere.unread).toEqual([1, 0]);
    const answered = news(phone, elsewhere.since, 20_000);
    await say(bob, roomId, 'hello ada');
    expect((await answered).unread).toEqual([0, 0]);
  });

  test('an invitation and what was said before it are nobody’s count, and an ignored voice is none', async () => {
    const eve = await signUp(server, 'eve');
    await say(ada, roomId, 'before');
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: eve.userId });
    await join(eve, roomId);
    expect((await news(eve)).unread).toEqual([0, 0]);
    await say(ada, roomId, 'one');
    await say(bob, roomId, 'two');
    expect((await news(eve)).unread).toEqual([2, 0]);
    await ignore(eve, bob);
    expect((await news(eve)).unread).toEqual([1, 0]);
    await eve.expectOk.post(roomPath(roomId, '/leave'));
    await say(ada, roomId, 'away');
    await ada.expectOk.post(roomPath(roomId, '/invite'), { user_id: eve.userId });
    await join(eve, roomId);
    expect((await news(eve)).unread).toEqual([0, 0]);
  });

  test('counts are the same after the server was stopped and started', async () => {
    const eventId = await say(ada, roomId, 'one');
    await say(ada, roomId, 'two');
    await read(bob, 'm.read', eventId);
    await server.stop();
    server = await server.restart();
    const again = { ...bob, ...caller(server, bob.token) };
    expect((await news(again)).unread).toEqual([1, 0]);
  });
});
