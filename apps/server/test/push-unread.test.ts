import { IgnoredUsers } from '@byline/server/features/account-data/ignored-users.ts';
import { AccountData } from '@byline/server/features/account-data/service.ts';
import { AccountDataStore } from '@byline/server/features/account-data/store.ts';
import { PushRules } from '@byline/server/features/push/service.ts';
import { PushSettingsStore } from '@byline/server/features/push/store.ts';
import { Unread } from '@byline/server/features/push/unread.ts';
import { HeardRooms } from '@byline/server/features/receipts/rooms.ts';
import { Receipts } from '@byline/server/features/receipts/service.ts';
import { Relations } from '@byline/server/features/relations/service.ts';
import { ReceiptStore } from '@byline/server/features/receipts/store.ts';
import type { EventEntry } from '@byline/server/platform/log/entry.ts';
import type { UserId } from '@byline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conversation, openGraphs, user } from './conversation.ts';
import { ENGINES, type FeatureServer, startFeatureServer } from './feature-server.ts';

const [ADA, BOB, EVE] = [user('ada'), user('bob'), user('eve')];

const build = async (server: FeatureServer) => {
  const { engine, log } = server;
  const graphs = await openGraphs(server);
  const accountData = new AccountData({ store: new AccountDataStore(engine), log });
  const rooms = new HeardRooms({ ...graphs, isSubscriber: async () => false });
  const ignored = new IgnoredUsers({ accountData, log });
  const relations = new Relations({ engine, log, ...graphs, ignored });
  const store = new ReceiptStore(engine.reader);
  const receipts = new Receipts({ ...server, store, rooms, threads: relations, accountData });
  const rules = new PushRules({ store: new PushSettingsStore(engine.reader), log, accountData });
  const unread = new Unread({ rooms, receipts, rules, ignored, relations });
  return { server, ...graphs, accountData, receipts, rules, unread };
};

describe.each(ENGINES)('unread counts on %s', (engine) => {
  let parts: Awaited<ReturnType<typeof build>>;
  let room: Conversation;

  beforeEach(async () => {
    parts = await build(await startFeatureServer(engine));
    room = await Conversation.of(parts.conversations, ADA, BOB);
  });

  afterEach(() => parts.server.dispose());

  const roomNow = async () => {
    const now = await parts.conversations.room(room.roomId);
    if (now === undefined) throw new Error('The room is gone.');
    return now;
  };

  const counts = async (who: UserId) => {
    const { notificationCount, highlightCount } = await parts.unread.unread(who, await roomNow());
    return [notificationCount, highlightCount];
  };

  const byThread = async (who: UserId) => {
    const { notificationCount: all, threads } = await parts.unread.unread(who, await roomNow());
    const counted = [...threads].map(([thread, { notificationCount }]) => [thread, notificationCount] as const);
    const main = all - counted.reduce((sum, [, count]) => sum + count, 0);
    return Object.fromEntries([...(main === 0 ? [] : [['main', main] as const]), ...counted]);
  };

  /** What is counted anew, from what is durable alone. */
  const restart = async () => {
    await parts.server.stop();
    parts = await build(await parts.server.restart());
    room = new Conversation(parts.conversations, room.roomId);
  };

  const read = (
    who: UserId,
    { eventId }: EventEntry,
    threadId?: string,
    type: 'm.read' | 'm.read.private' = 'm.read',
  ) => parts.receipts.setMarkers(who, room.roomId, { fullyRead: undefined, receipts: [{ type, eventId, threadId }] });

  /** The counts as they are, which must be the same after a restart. */
  const lasting = async (who: UserId) => {
    const now = await counts(who);
    await restart();
    expect(await counts(who)).toEqual(now);
    return now;
  };

  test('what others say is counted once, however often and by how many devices it is asked', async () => {
    expect(await counts(BOB)).toEqual([0, 0]);
    await room.say(ADA, 'one');
    await room.say(ADA, 'two');
    expect(await Promise.all([counts(BOB), counts(BOB), counts(BOB)])).toEqual([
      [2, 0],
      [2, 0],
      [2, 0],
    ]);
    await room.say(ADA, 'three');
    expect(await lasting(BOB)).toEqual([3, 0]);
    expect(await counts(ADA)).toEqual([0, 0]);
  });

  test('a receipt takes off what stands before it, public or private, and never puts anything back', async () => {
    const [one, two] = [await room.say(ADA, 'one'), await room.say(ADA, 'two')];
    await room.say(ADA, 'three');
    expect(await counts(BOB)).toEqual([3, 0]);
    await read(BOB, two, undefined, 'm.read.private');
    expect(await counts(BOB)).toEqual([1, 0]);
    await read(BOB, one);
    expect(await lasting(BOB)).toEqual([1, 0]);
  });

  test('who speaks has read what was said before, but who changes their name has not', async () => {
    await room.say(ADA, 'one');
    expect(await counts(BOB)).toEqual([1, 0]);
    await room.move(BOB, 'join', { displayname: 'Bobby' });
    expect(await lasting(BOB)).toEqual([1, 0]);
    await room.say(BOB, 'two');
    await room.say(ADA, 'three');
    expect(await lasting(BOB)).toEqual([1, 0]);
  });

  test('what was said before somebody came in is not theirs, nor what was said while they were away', async () => {
    await room.say(ADA, 'before');
    await room.move(EVE, 'join');
    await room.say(ADA, 'within');
    expect(await counts(EVE)).toEqual([1, 0]);
    await room.move(EVE, 'leave');
    await room.say(ADA, 'away');
    await room.move(EVE, 'join');
    await room.say(ADA, 'again');
    expect(await lasting(EVE)).toEqual([1, 0]);
  });

  test('what is redacted does not count', async () => {
    const [one] = [await room.say(ADA, 'one'), await room.say(ADA, 'two')];
    expect(await counts(BOB)).toEqual([2, 0]);
    await room.redact(ADA, one.eventId);
    expect(await lasting(BOB)).toEqual([1, 0]);
    const three = await room.say(ADA, 'three');
    await room.redact(ADA, three.eventId);
    expect(await lasting(BOB)).toEqual([1, 0]);
  });

  test('a redaction is seen also where the room’s newest events have left the memory', async () => {
    const one = await room.say(ADA, 'one');
    expect(await counts(BOB)).toEqual([1, 0]);
    await room.redact(ADA, one.eventId);
    for (let index = 0; index < 100; index += 1) await room.say(ADA, `${index}`, { msgtype: 'm.notice' });
    await room.say(ADA, 'two');
    expect(await lasting(BOB)).toEqual([1, 0]);
  });

  test('reactions, edits and notices are no messages; mentions stand out', async () => {
    const one = await room.say(ADA, 'one');
    await room.react(ADA, one.eventId);
    await room.say(ADA, '* ONE', { 'm.relates_to': { rel_type: 'm.replace', event_id: one.eventId } });
    await room.say(ADA, 'notice', { msgtype: 'm.notice' });
    await room.move(EVE, 'join');
    await room.say(ADA, 'Bob', { 'm.mentions': { user_ids: [BOB] } });
    await room.say(ADA, 'all', { 'm.mentions': { room: true } });
    await room.say(EVE, 'all', { 'm.mentions': { room: true } });
    expect(await lasting(BOB)).toEqual([4, 2]);
  });

  test('a muted room counts nothing, and a change of the rules counts anew', async () => {
    await room.say(ADA, 'one');
    expect(await counts(BOB)).toEqual([1, 0]);
    await parts.rules.put(BOB, 'room', room.roomId, { actions: [] }, {});
    expect(await counts(BOB)).toEqual([0, 0]);
    await room.say(ADA, 'two');
    await room.say(ADA, 'Bob', { 'm.mentions': { user_ids: [BOB] } });
    expect(await lasting(BOB)).toEqual([1, 1]);
    await parts.rules.delete(BOB, 'room', room.roomId);
    expect(await lasting(BOB)).toEqual([3, 1]);
    await parts.rules.enable(BOB, 'override', '.m.rule.master', true);
    expect(await lasting(BOB)).toEqual([0, 0]);
  });

  test('threads are counted and read apart', async () => {
    const root = await room.say(ADA, 'root');
    const first = await room.answerInThread(ADA, root.eventId, 'in the thread');
    await room.answerInThread(ADA, root.eventId, 'in the thread');
    const after = await room.say(ADA, 'after');
    expect(await byThread(BOB)).toEqual({ main: 2, [root.eventId]: 2 });
    await read(BOB, after, 'main');
    expect(await byThread(BOB)).toEqual({ [root.eventId]: 2 });
    await read(BOB, first, root.eventId);
    expect(await byThread(BOB)).toEqual({ [root.eventId]: 1 });
    expect(await lasting(BOB)).toEqual([1, 0]);
    await room.say(BOB, 'in the main timeline');
    expect(await lasting(BOB)).toEqual([1, 0]);
    await room.answerInThread(BOB, root.eventId, 'in the thread');
    expect(await lasting(BOB)).toEqual([0, 0]);
  });

  test('more than fits into one page is counted whole', async () => {
    await parts.conversations.append(room.roomId, () =>
      Array.from({ length: 1_203 }, (_, index) => ({
        type: 'm.room.message',
        sender: ADA,
        content: { msgtype: 'm.text', body: `${index}` },
      })),
    );
    expect(await lasting(BOB)).toEqual([1_203, 0]);
  });

  test('nothing is written for who is to be told', async () => {
    const before = parts.server.log.position;
    await room.say(ADA, 'one');
    expect(await counts(BOB)).toEqual([1, 0]);
    expect(parts.server.log.position).toBe(before + 1);
  });
});
