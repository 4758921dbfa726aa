import { type Person, signIn, signUp } from '@byline/testkit/person.ts';
import type { TestServer } from '@byline/testkit/byline.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from './feature-server.ts';
import { bodiesOf, createRoom, join, nothingNew, roomPath, say, sync, type SyncedEvent } from './syncing.ts';
import { startWholeServer } from './whole-server.ts';

const topicsOf = (events: readonly SyncedEvent[] | undefined) =>
  events?.filter(({ type }) => type === 'm.room.topic').map(({ content }) => content);

describe.each(ENGINES)('sync on %s', (engine) => {
  let server: TestServer;
  let ada: Person;
  let bob: Person;

  beforeEach(async () => {
    server = await startWholeServer(engine);
    [ada, bob] = await Promise.all([signUp(server, 'ada'), signUp(server, 'bob')]);
  });

  afterEach(() => server.dispose());

  const roomOfBoth = async (options: object = {}): Promise<string> => {
    const roomId = await createRoom(ada, { preset: 'private_chat', invite: [bob.userId], ...options });
    await join(bob, roomId);
    return roomId;
  };

  test('an invitation comes with what one may know of the room, and joining brings the room', async () => {
    const before = await sync(bob);
    const roomId = await createRoom(ada, { preset: 'private_chat', name: 'Tea', invite: [bob.userId] });
    const invited = await sync(bob, before.next_batch);
    const stripped = invited.rooms?.invite?.[roomId]?.invite_state.events ?? [];
    expect(stripped.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['m.room.create', 'm.room.name', 'm.room.member']),
    );
    expect(invited.rooms?.join).toBeUndefined();

    await join(bob, roomId);
    const joined = (await sync(bob, invited.next_batch)).rooms?.join?.[roomId];
    const known = [...(joined?.state?.events ?? []), ...(joined?.timeline.events ?? [])];
    expect(known.map(({ type }) => type)).toEqual(expect.arrayContaining(['m.room.create', 'm.room.power_levels']));
    expect(joined?.summary).toMatchObject({ 'm.heroes': [ada.userId], 'm.joined_member_count': 2 });
  });

  test('who waits is told at once, and each event once', async () => {
    const roomId = await roomOfBoth();
    let { next_batch: token } = await sync(bob);
    const heard: unknown[] = [];
    for (let index = 0; index < 5; index += 1) {
      const waiting = sync(bob, token, { timeout: 20_000 });
      await say(ada, roomId, `word ${index}`);
      const news = await waiting;
      heard.push(...bodiesOf(news.rooms?.join?.[roomId]));
      token = news.next_batch;
    }
    expect(heard).toEqual(['word 0', 'word 1', 'word 2', 'word 3', 'word 4']);
    expect(await sync(bob, token)).toEqual(nothingNew(token));
  });

  test('who waits in vain is answered in time', async () => {
    await roomOfBoth();
    const { next_batch: token } = await sync(bob);
    const began = performance.now();
    expect(await sync(bob, token, { timeout: 300 })).toEqual(nothingNew(token));
    expect(performance.now() - began).toBeGreaterThan(280);
  });

  test('the device that sent an event recognises it by its own name', async () => {
    const roomId = await roomOfBoth();
    const other = await signIn(server, 'ada');
    const token = (await sync(ada)).next_batch;
    await ada.expectOk.put(roomPath(roomId, '/send/m.room.message/my-name'), { msgtype: 'm.text', body: 'mine' });
    const transactionIds = await Promise.all(
      [ada, other, bob].map(async (person) => {
        const room = (await sync(person, token)).rooms?.join?.[roomId];
        return room?.timeline.events.at(-1)?.unsigned?.['transaction_id'];
      }),
    );
    expect(transactionIds).toEqual(['my-name', undefined, undefined]);
  });

  test('a gap is said to be one, and history fills it without losing or repeating anything', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    const words = Array.from({ length: 30 }, (_, index) => `word ${index}`);
    for (const word of words) await say(ada, roomId, word);
    const filter = JSON.stringify({ room: { timeline: { limit: 10 } } });
    const room = (await sync(bob, token, { filter })).rooms?.join?.[roomId];
    expect(room?.timeline.limited).toBe(true);
    expect(bodiesOf(room)).toEqual(words.slice(20));
    const query = `from=${room?.timeline.prev_batch}&to=${token}&dir=b&limit=100`;
    const older = await bob.expectOk.get<{ chunk: { content: { body: string } }[] }>(
      roomPath(roomId, `/messages?${query}`),
    );
    expect(older.chunk.map(({ content }) => content.body).toReversed()).toEqual(words.slice(0, 20));
  });

  test('state that changed within a gap comes before the timeline', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.topic'), { topic: 'first' });
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.topic'), { topic: 'second' });
    for (let index = 0; index < 5; index += 1) await say(ada, roomId, `word ${index}`);
    const filter = JSON.stringify({ room: { timeline: { limit: 2 } } });
    const room = (await sync(bob, token, { filter })).rooms?.join?.[roomId];
    expect(room?.state?.events.map(({ content }) => content)).toEqual([{ topic: 'second' }]);
    expect(bodiesOf(room)).toEqual(['word 3', 'word 4']);
  });

  test('the state of a first sync is that before its timeline', async () => {
    const roomId = await roomOfBoth();
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.topic'), { topic: 'old' });
    await say(ada, roomId, 'between');
    await ada.expectOk.put(roomPath(roomId, '/state/m.room.topic'), { topic: 'new' });
    const filter = JSON.stringify({ room: { timeline: { limit: 2 } } });
    const room = (await sync(bob, undefined, { filter })).rooms?.join?.[roomId];
    expect(topicsOf(room?.state?.events)).toEqual([{ topic: 'old' }]);
    expect(topicsOf(room?.timeline.events)).toEqual([{ topic: 'new' }]);
  });

  test('nothing is lost over a restart, when the log is no more in memory', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    await say(ada, roomId, 'before');
    await server.stop();
    server = await server.restart();
    ada = await signIn(server, 'ada');
    bob = await signIn(server, 'bob');
    await say(ada, roomId, 'after');
    const room = (await sync(bob, token)).rooms?.join?.[roomId];
    expect(bodiesOf(room)).toEqual(['before', 'after']);
    expect(room?.timeline.limited).toBe(false);
  });

  test('who leaves is told so once, and then no more', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    await say(ada, roomId, 'still here');
    await ada.expectOk.post(roomPath(roomId, '/kick'), { user_id: bob.userId, reason: 'late' });
    await say(ada, roomId, 'alone now');
    const left = await sync(bob, token);
    expect(left.rooms?.join).toBeUndefined();
    expect(bodiesOf(left.rooms?.leave?.[roomId])).toEqual(['still here']);
    expect(left.rooms?.leave?.[roomId]?.timeline.events.at(-1)?.content).toMatchObject({ membership: 'leave' });
    await say(ada, roomId, 'more');
    expect((await sync(bob, left.next_batch)).rooms).toBeUndefined();
  });

  test('a profile that changes is no new room', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    await bob.expectOk.put(`/_matrix/client/v3/profile/${encodeURIComponent(bob.userId)}/displayname`, {
      displayname: 'Bob the builder',
    });
    const room = (await sync(bob, token)).rooms?.join?.[roomId];
    expect(room?.state).toBeUndefined();
    expect(room?.timeline.events.map(({ content }) => content['displayname'])).toEqual(['Bob the builder']);
  });

  test('what is redacted is gone wherever it is read', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    const eventId = await say(ada, roomId, 'a slip of the tongue');
    await sync(bob, token);
    await ada.expectOk.put(roomPath(roomId, `/redact/${encodeURIComponent(eventId)}/txn`), { reason: 'slip' });
    const ofMemory = JSON.stringify(await sync(bob, token));
    expect(ofMemory).not.toContain('a slip of the tongue');
    expect(ofMemory).toContain('redacted_because');
    await server.stop();
    server = await server.restart();
    bob = await signIn(server, 'bob');
    expect(JSON.stringify(await sync(bob))).not.toContain('a slip of the tongue');
  });

  test('receipts reach those who may see them, and account data only its owner', async () => {
    const roomId = await roomOfBoth();
    const eventId = await say(ada, roomId, 'read me');
    const [adas, bobs] = [(await sync(ada)).next_batch, (await sync(bob)).next_batch];
    await bob.expectOk.post(roomPath(roomId, `/receipt/m.read.private/${encodeURIComponent(eventId)}`));
    await bob.expectOk.put(`/_matrix/client/v3/user/${encodeURIComponent(bob.userId)}/account_data/im.test`, { a: 1 });
    expect(await sync(ada, adas)).toMatchObject({});
    expect((await sync(ada, adas)).rooms).toBeUndefined();
    const own = await sync(bob, bobs);
    expect(JSON.stringify(own.rooms?.join?.[roomId]?.ephemeral)).toContain('m.read.private');
    expect(own.account_data?.events).toEqual([{ type: 'im.test', content: { a: 1 } }]);
    await bob.expectOk.post(roomPath(roomId, `/receipt/m.read/${encodeURIComponent(eventId)}`));
    expect(JSON.stringify((await sync(ada, adas)).rooms?.join?.[roomId]?.ephemeral)).toContain(bob.userId);
  });

  test('who types is shown as long as they type', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(ada)).next_batch;
    const waiting = sync(ada, token, { timeout: 20_000 });
    const typing = roomPath(roomId, `/typing/${encodeURIComponent(bob.userId)}`);
    await bob.expectOk.put(typing, { typing: true, timeout: 30_000 });
    const news = await waiting;
    expect(news.rooms?.join?.[roomId]?.ephemeral?.events).toMatchObject([{ content: { user_ids: [bob.userId] } }]);
    await bob.expectOk.put(typing, { typing: false });
    const after = await sync(ada, news.next_batch);
    expect(after.rooms?.join?.[roomId]?.ephemeral?.events).toMatchObject([{ content: { user_ids: [] } }]);
  });

  test('unread messages of others are counted until they are read', async () => {
    const roomId = await roomOfBoth();
    await say(ada, roomId, 'one');
    const eventId = await say(ada, roomId, 'two');
    const first = await sync(bob);
    expect(first.rooms?.join?.[roomId]?.unread_notifications?.notification_count).toBe(2);
    await bob.expectOk.post(roomPath(roomId, `/receipt/m.read/${encodeURIComponent(eventId)}`));
    const read = await sync(bob, first.next_batch);
    expect(read.rooms?.join?.[roomId]?.unread_notifications?.notification_count).toBe(0);
    expect((await sync(ada)).rooms?.join?.[roomId]?.unread_notifications?.notification_count).toBe(0);
  });

  test('all of the state comes when it is asked for', async () => {
    const roomId = await roomOfBoth();
    const token = (await sync(bob)).next_batch;
    const room = (await sync(bob, token, { full_state: 'true' })).rooms?.join?.[roomId];
    expect(room?.state?.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['m.room.create']));
    expect(room?.timeline.events).toEqual([]);
  });

  test('a stored filter serves as one that is sent along', async () => {
    const roomId = await roomOfBoth();
    await say(ada, roomId, 'unwanted');
    const path = `/_matrix/client/v3/user/${encodeURIComponent(bob.userId)}/filter`;
    const { filter_id: filter } = await bob.expectOk.post<{ filter_id: string }>(path, {
      room: { timeline: { not_types: ['m.room.message'] } },
    });
    expect(bodiesOf((await sync(bob, undefined, { filter })).rooms?.join?.[roomId])).toEqual([]);
    expect(bodiesOf((await sync(bob)).rooms?.join?.[roomId])).toEqual(['unwanted']);
  });

  test.each([
    ['a token of nowhere', 'since=x12', 'M_INVALID_PARAM'],
    ['a token of the future', 'since=s999999999', 'M_UNKNOWN'],
    ['a filter that is not JSON', 'filter={', 'M_NOT_JSON'],
    ['a filter that is no filter', 'filter={"room":3}', 'M_BAD_JSON'],
    ['a filter that there is not', 'filter=12345', 'M_NOT_FOUND'],
    ['a time that is none', 'timeout=soon', 'M_INVALID_PARAM'],
  ])('%s is refused', async (_name, query, code) => {
    const { status, body } = await bob.get(`/_matrix/client/v3/sync?${query}`);
    expect([status >= 400 && status < 500, body['errcode']]).toEqual([true, code]);
  });
});
