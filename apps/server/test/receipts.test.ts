import { serveReceipts } from '@byline/server/features/receipts/routes.ts';
import { Receipts } from '@byline/server/features/receipts/service.ts';
import { Relations } from '@byline/server/features/relations/service.ts';
import { ReceiptStore } from '@byline/server/features/receipts/store.ts';
import { HeardRooms } from '@byline/server/features/receipts/rooms.ts';
import { AccountData } from '@byline/server/features/account-data/service.ts';
import { AccountDataStore } from '@byline/server/features/account-data/store.ts';
import type { RoomGraph } from '@byline/server/features/graph/service.ts';
import type { LogEntry } from '@byline/server/platform/log/entry.ts';
import type { EventId, RoomId, UserId } from '@byline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';

const [ADA, BOB, EVE] = [user('ada'), user('bob'), user('eve')];

/** Receipts over real rooms, and what they put into the log. */
interface Parts {
  readonly server: FeatureServer;
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly accountData: AccountData;
  readonly receipts: Receipts;
  readonly logged: LogEntry[];
  readonly url: string;
}

const build = async (server: FeatureServer): Promise<Parts> => {
  const graphs = await openGraphs(server);
  const accountData = new AccountData({ store: new AccountDataStore(server.engine), log: server.log });
  const isSubscriber = async (userId: UserId, roomId: RoomId) =>
    userId === BOB && (await graphs.accountRooms.room(roomId)) !== undefined;
  const rooms = new HeardRooms({ ...graphs, isSubscriber });
  const threads = new Relations({ ...server, ...graphs, ignored: { ignoredBy: async () => new Set() } });
  const store = new ReceiptStore(server.engine.reader);
  const receipts = new Receipts({ ...server, store, rooms, threads, accountData });
  const logged: LogEntry[] = [];
  server.log.follow((entries) => logged.push(...entries.filter((entry) => entry.kind !== 'event')));
  serveReceipts(server.edge, receipts);
  return { server, ...graphs, accountData, receipts, logged, url: await server.listen() };
};

describe.each(ENGINES)('receipts on %s', (engine) => {
  let parts: Parts;
  let room: Conversation;

  beforeEach(async () => {
    parts = await build(await startFeatureServer(engine, { now: () => 1_000 }));
    room = await Conversation.of(parts.conversations, ADA, BOB);
    parts.logged.length = 0;
  });

  afterEach(() => parts.server.dispose());

  const restart = async () => {
    await parts.server.stop();
    parts = await build(await parts.server.restart());
    room = new Conversation(parts.conversations, room.roomId);
  };

  const post = async (who: string, path: string, body: unknown = {}, inRoom = room.roomId) => {
    const response = await fetch(`${parts.url}/_matrix/client/v3/rooms/${encodeURIComponent(inRoom)}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${who}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as { errcode?: string }) };
  };

  const read = (who: string, eventId: EventId, body: unknown = {}, type = 'm.read') =>
    post(who, `receipt/${type}/${encodeURIComponent(eventId)}`, body);

  /** Who has read what in the room, as the engine has it. */
  const present = async () =>
    (await parts.receipts.all([room.roomId])).map(({ userId, receipt: { type, eventId, threadId, at } }) => ({
      userId,
      type,
      eventId,
      threadId,
      at,
    }));

  test('a receipt is kept, told by the log, and there after a restart', async () => {
    const first = await room.say(ADA, 'first');
    expect(await read('bob', first.eventId)).toEqual({ status: 200 });
    const expected = { userId: BOB, type: 'm.read', eventId: first.eventId, threadId: null, at: 1_000 };
    expect(await present()).toEqual([expected]);
    expect(parts.logged).toMatchObject([
      { kind: 'receipt', roomId: room.roomId, userId: BOB, receipt: { eventId: first.eventId, threadId: null } },
    ]);
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(first.position);
    await restart();
    expect(await present()).toEqual([expected]);
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(first.position);
  });

  test('a receipt never goes back, nor does one that comes late among others', async () => {
    const first = await room.say(ADA, 'first');
    const second = await room.say(ADA, 'second');
    const third = await room.say(ADA, 'third');
    const fourth = await room.say(ADA, 'fourth');
    await read('bob', second.eventId);
    expect(await read('bob', first.eventId)).toEqual({ status: 200 });
    expect(await present()).toMatchObject([{ eventId: second.eventId }]);
    expect(parts.logged).toHaveLength(1);

    // At the same time, so that they are decided in one batch of the log.
    const together = [fourth, third].map(({ eventId }) => ({ type: 'm.read' as const, eventId, threadId: undefined }));
    const send = (one: (typeof together)[number]) =>
      parts.receipts.setMarkers(BOB, room.roomId, { fullyRead: undefined, receipts: [one] });
    await Promise.all(together.map(send));
    expect(await present()).toMatchObject([{ eventId: fourth.eventId }]);
    // Whichever was decided first: after the fourth, the third is told to nobody.
    expect(parts.logged.at(-1)).toMatchObject({ receipt: { eventId: fourth.eventId } });
    await restart();
    await read('bob', second.eventId);
    expect(await present()).toMatchObject([{ eventId: fourth.eventId }]);
    expect(parts.logged).toEqual([]);
  });

  test('public and private receipts, threads and the whole room are kept apart', async () => {
    const root = await room.say(ADA, 'root');
    const inside = await room.answerInThread(ADA, root.eventId, 'inside');
    const after = await room.say(ADA, 'after');
    await read('bob', after.eventId, {}, 'm.read.private');
    await read('bob', root.eventId);
    await read('bob', after.eventId, { thread_id: 'main' });
    await read('bob', inside.eventId, { thread_id: root.eventId });
    expect(await present()).toEqual([
      { userId: BOB, type: 'm.read.private', eventId: after.eventId, threadId: null, at: 1_000 },
      { userId: BOB, type: 'm.read', eventId: root.eventId, threadId: null, at: 1_000 },
      { userId: BOB, type: 'm.read', eventId: after.eventId, threadId: 'main', at: 1_000 },
      { userId: BOB, type: 'm.read', eventId: inside.eventId, threadId: root.eventId, at: 1_000 },
    ]);
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(after.position);
  });

  test('since gives what is newer, of the rooms that are asked for', async () => {
    const other = await Conversation.of(parts.conversations, ADA, BOB);
    const [here, there] = [await room.say(ADA, 'here'), await other.say(ADA, 'there')];
    await read('bob', here.eventId);
    const before = parts.server.log.position;
    await parts.receipts.setMarkers(BOB, other.roomId, {
      fullyRead: undefined,
      receipts: [{ type: 'm.read', eventId: there.eventId, threadId: undefined }],
    });
    const eventsOf = async (rooms: readonly RoomId[], position: number) =>
      (await parts.receipts.since(rooms, position)).map(({ receipt }) => receipt.eventId);
    expect(await eventsOf([room.roomId, other.roomId], before)).toEqual([there.eventId]);
    expect(await eventsOf([room.roomId], before)).toEqual([]);
    expect(await eventsOf([room.roomId, other.roomId], 0)).toEqual([here.eventId, there.eventId]);
  });

  test('when a thread is all that was unread, reading it reads everything, also after a restart', async () => {
    const root = await room.say(ADA, 'root');
    const inside = await room.answerInThread(ADA, root.eventId, 'inside');
    const reaction = await room.react(ADA, inside.eventId);
    const last = await room.say(ADA, 'last');
    await read('bob', last.eventId, { thread_id: 'main' });
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(root.position);
    await read('bob', inside.eventId, { thread_id: root.eventId });
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(inside.position);
    await read('bob', reaction.eventId, { thread_id: root.eventId });
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(last.position);
    await room.answerInThread(BOB, root.eventId, 'own words need no reading');
    const end = await room.say(ADA, 'end');
    await read('bob', end.eventId, { thread_id: 'main' });
    const expected = end.position;
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(expected);
    await restart();
    expect(await parts.receipts.readUpTo(BOB, room.roomId)).toBe(expected);
  });

  test('threads from before somebody came in hold nothing up', async () => {
    const root = await room.say(ADA, 'root');
    await room.answerInThread(ADA, root.eventId, 'inside');
    await room.move(EVE, 'join');
    const last = await room.say(ADA, 'last');
    await read('eve', last.eventId, { thread_id: 'main' });
    expect(await parts.receipts.readUpTo(EVE, room.roomId)).toBe(last.position);
  });

  test('the fully read marker is account data of the room, and goes only forwards', async () => {
    const [first, second] = [await room.say(ADA, 'first'), await room.say(ADA, 'second')];
    const marker = () => parts.accountData.find({ userId: BOB, roomId: room.roomId, type: 'm.fully_read' });
    await read('bob', first.eventId, {}, 'm.fully_read');
    expect(await marker()).toEqual({ event_id: first.eventId });
    const markers = { 'm.fully_read': second.eventId, 'm.read': first.eventId, 'm.read.private': second.eventId };
    expect(await post('bob', 'read_markers', markers)).toEqual({ status: 200 });
    await post('bob', 'read_markers', { 'm.fully_read': first.eventId });
    expect(await post('bob', 'read_markers', {})).toEqual({ status: 200 });
    expect(await marker()).toEqual({ event_id: second.eventId });
    expect(await present()).toMatchObject([
      { type: 'm.read', eventId: first.eventId },
      { type: 'm.read.private', eventId: second.eventId },
    ]);
    expect(parts.logged.filter(({ kind }) => kind === 'account-data')).toHaveLength(2);
  });

  test('what is wrong is refused, and leaves nothing behind', async () => {
    const root = await room.say(ADA, 'root');
    const inside = await room.answerInThread(ADA, root.eventId, 'inside');
    const elsewhere = await (await Conversation.of(parts.conversations, ADA)).say(ADA, 'elsewhere');
    const refusals = [
      [await read('eve', root.eventId), 403, 'M_FORBIDDEN'],
      [await read('bob', '$unknown' as EventId), 404, 'M_NOT_FOUND'],
      [await read('bob', elsewhere.eventId), 404, 'M_NOT_FOUND'],
      [await read('bob', root.eventId, { thread_id: '' }), 400, 'M_INVALID_PARAM'],
      [await read('bob', root.eventId, { thread_id: 7 }), 400, 'M_INVALID_PARAM'],
      [await read('bob', root.eventId, { thread_id: null }), 400, 'M_INVALID_PARAM'],
      [await read('bob', inside.eventId, { thread_id: 'main' }), 400, 'M_INVALID_PARAM'],
      [await read('bob', root.eventId, { thread_id: inside.eventId }), 400, 'M_INVALID_PARAM'],
      [await read('bob', root.eventId, { thread_id: 'main' }, 'm.fully_read'), 400, 'M_INVALID_PARAM'],
      [await read('bob', root.eventId, {}, 'm.seen'), 400, 'M_INVALID_PARAM'],
      [await read('bob', 'no event id' as EventId), 400, 'M_INVALID_PARAM'],
      [await post('bob', 'read_markers', { 'm.read': root.eventId, 'm.fully_read': '$unknown' }), 404, 'M_NOT_FOUND'],
      [await post('bob', 'read_markers', { 'm.fully_read': root.eventId, 'm.read': '$unknown' }), 404, 'M_NOT_FOUND'],
      [await post('bob', 'read_markers', { 'm.read': 7 }), 400, 'M_BAD_JSON'],
      [await post('bob', 'read_markers', { 'm.read': root.eventId }, '!unknown' as RoomId), 403, 'M_FORBIDDEN'],
    ] as const;
    for (const [refusal, status, errcode] of refusals) expect(refusal).toMatchObject({ status, errcode });
    expect(await present()).toEqual([]);
    expect(parts.logged).toEqual([]);
  });

  test('the first event of a thread is in the thread as well as in the main timeline', async () => {
    const root = await room.say(ADA, 'root');
    expect(await read('bob', root.eventId, { thread_id: root.eventId })).toEqual({ status: 200 });
    expect(await read('bob', root.eventId, { thread_id: 'main' })).toEqual({ status: 200 });
    expect(await present()).toHaveLength(2);
  });

  test('what a follower of a public account has read is theirs alone', async () => {
    const account = await Conversation.of(parts.accountRooms, EVE);
    const published = await account.say(EVE, 'a post');
    const path = `receipt/m.read/${encodeURIComponent(published.eventId)}`;
    expect(await post('bob', path, {}, account.roomId)).toEqual({ status: 200 });
    const [entry] = await parts.receipts.all([account.roomId]);
    expect(entry?.receipt.type).toBe('m.read.private');
    expect(await parts.receipts.readUpTo(BOB, account.roomId)).toBe(published.position);
  });
});
