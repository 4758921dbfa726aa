import type { EventEntry } from '@byline/server/platform/log/entry.ts';
import type { JsonObject, UserId } from '@byline/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conversation, user } from './conversation.ts';
import { buildCounting, type Counting } from './counting.ts';
import { ENGINES, startFeatureServer } from './feature-server.ts';

const [ADA, BOB, EVE] = [user('ada'), user('bob'), user('eve')];

describe.each(ENGINES)('unread counts on %s', (engine) => {
  let parts: Counting;
  let room: Conversation;

  beforeEach(async () => {
    parts = await buildCounting(await startFeatureServer(engine));
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
    parts = await buildCounting(await parts.server.restart());
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

  test('a mention in an edit counts, and goes with the edit or with what it was to replace', async () => {
    const one = await room.say(ADA, 'one', { msgtype: 'm.notice' });
    const edit = (body: string, mentions: object) =>
      room.say(ADA, `* ${body}`, {
        msgtype: 'm.notice',
        'm.mentions': mentions,
        'm.new_content': { body },
        'm.relates_to': { rel_type: 'm.replace', event_id: one.eventId },
      } as JsonObject);
    await edit('silent, because a notice is', { user_ids: [BOB] });
    expect(await lasting(BOB)).toEqual([0, 0]);
    const two = await room.say(ADA, 'two');
    const change = (mentions: JsonObject) =>
      room.say(ADA, '* TWO', {
        'm.mentions': mentions,
        'm.new_content': { body: 'TWO' },
        'm.relates_to': { rel_type: 'm.replace', event_id: two.eventId },
      });
    const added = await change({ user_ids: [BOB] });
    expect(await lasting(BOB)).toEqual([2, 1]);
    await change({});
    expect(await lasting(BOB)).toEqual([2, 1]);
    await room.redact(ADA, added.eventId);
    expect(await lasting(BOB)).toEqual([1, 0]);
    await change({ user_ids: [BOB] });
    expect(await counts(BOB)).toEqual([2, 1]);
    await room.redact(ADA, two.eventId);
    expect(await lasting(BOB)).toEqual([0, 0]);
  });

  test('an event counts by what the room was then, whenever it is counted', async () => {
    const levels = (room_level: number) =>
      room.send({
        type: 'm.room.power_levels',
        stateKey: '',
        sender: ADA,
        content: { notifications: { room: room_level } },
      });
    const all = () => room.say(EVE, 'all', { 'm.mentions': { room: true } });
    await room.move(EVE, 'join');
    await all();
    await levels(0);
    await all();
    await levels(50);
    await all();
    expect(await lasting(BOB)).toEqual([3, 1]);
    await parts.rules.put(
      BOB,
      'content',
      'bobby',
      { actions: ['notify', { set_tweak: 'highlight' }], pattern: 'x' },
      {},
    );
    await parts.rules.put(
      BOB,
      'override',
      'few',
      {
        conditions: [
          { kind: 'room_member_count', is: '3' },
          { kind: 'event_match', key: 'content.body', pattern: 'n' },
        ],
        actions: [],
      },
      {},
    );
    await room.say(ADA, 'n');
    await room.move(EVE, 'leave');
    await room.say(ADA, 'n');
    expect(await lasting(BOB)).toEqual([4, 1]);
  });

  test('keywords, names and encrypted events', async () => {
    const loud = { actions: ['notify', { set_tweak: 'highlight' }] as const };
    await parts.rules.put(BOB, 'content', 'cake', { ...loud, pattern: 'cake' }, {});
    await parts.rules.put(BOB, 'underride', 'name', { ...loud, conditions: [{ kind: 'contains_display_name' }] }, {});
    await room.say(ADA, 'a Cake.');
    await room.say(ADA, 'cakes');
    await room.move(BOB, 'join', { displayname: 'Bobby' });
    await room.say(ADA, 'hello bobby');
    await room.move(BOB, 'join', { displayname: 'Robert' });
    await room.say(ADA, 'hello bobby');
    await room.send({ type: 'm.room.encrypted', sender: ADA, content: { ciphertext: 'cake' } });
    expect(await lasting(BOB)).toEqual([5, 2]);
  });

  test('whom one ignores does not count, and counts again when one does not', async () => {
    await room.move(EVE, 'join');
    await room.say(ADA, 'one');
    await room.say(EVE, 'Bob', { 'm.mentions': { user_ids: [BOB] } });
    const ignore = (ignored_users: JsonObject) =>
      parts.accountData.set({ userId: BOB, roomId: null, type: 'm.ignored_user_list' }, { ignored_users });
    expect(await counts(BOB)).toEqual([2, 1]);
    await ignore({ [EVE]: {} });
    expect(await lasting(BOB)).toEqual([1, 0]);
    await ignore({});
    expect(await lasting(BOB)).toEqual([2, 1]);
  });

  test('an event keeps its thread when it is redacted: for receipts, and for what its author has read', async () => {
    const root = await room.say(ADA, 'root');
    await room.answerInThread(ADA, root.eventId, 'one');
    const own = await room.answerInThread(BOB, root.eventId, 'mine');
    expect(await byThread(BOB)).toEqual({ main: 1 });
    await room.redact(BOB, own.eventId);
    expect(await byThread(BOB)).toEqual({ main: 1 });
    expect(await lasting(BOB)).toEqual([1, 0]);
    const two = await room.answerInThread(ADA, root.eventId, 'two');
    const three = await room.answerInThread(ADA, root.eventId, 'three');
    await room.redact(ADA, three.eventId);
    expect(await byThread(BOB)).toEqual({ main: 1, [root.eventId]: 1 });
    await read(BOB, three, root.eventId);
    expect(await byThread(BOB)).toEqual({ main: 1 });
    await expect(read(BOB, two, 'main')).rejects.toMatchObject({ code: 'M_INVALID_PARAM' });
    const about = await room.react(ADA, two.eventId);
    await expect(read(BOB, about, 'main')).rejects.toMatchObject({ code: 'M_INVALID_PARAM' });
    await read(BOB, about, root.eventId);
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
