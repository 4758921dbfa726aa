import { levelToNotify, powerOf } from '@byline/core/event/power-levels.ts';
import type { PushContext } from '@byline/core/push/conditions.ts';
import { evaluate } from '@byline/core/push/evaluation.ts';
import type { Ruleset } from '@byline/core/push/ruleset.ts';
import type { RoomId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientEvent, type Room } from '../graph/service.ts';
import {
  isAllRead,
  type ReadMarks,
  type ReceiptRooms,
  type Receipts,
  readUpTo,
  type ThreadId,
} from '../receipts/service.ts';
import type { PushRules } from './service.ts';
import { type UnreadCounts, UnreadEvents } from './unread-events.ts';

const USERS_KEPT = 20_000;

/** What is counted of one room for one user, and by what. */
class Counter {
  readonly unread = new UnreadEvents();
  countedUpTo: Position = 0;
  ruleset: Ruleset | undefined;
  marks: ReadMarks | undefined;
  #turn: Promise<void> = Promise.resolve();

  /** Runs one piece of work after the other, so that no event is counted twice. */
  async inTurn(work: () => Promise<void>): Promise<void> {
    const before = this.#turn;
    const end = Promise.withResolvers<void>();
    this.#turn = end.promise;
    await before;
    try {
      await work();
    } finally {
      end.resolve();
    }
  }

  /** Begins anew. */
  reset(ruleset: Ruleset): void {
    this.unread.clear();
    this.countedUpTo = 0;
    this.ruleset = ruleset;
    this.marks = undefined;
  }
}

/**
 * How many unread events users are to be told of (specification, client-server API: "Receiving notifications").
 * Nothing is written for a recipient, ever: who syncs has each event looked at once, and what is in memory can be
 * counted again from the receipts and the room's events at any time, with the same result.
 */
export class Unread {
  readonly #rooms: Pick<ReceiptRooms, 'event' | 'after' | 'heardSince'>;
  readonly #receipts: Pick<Receipts, 'marksOf' | 'threadOf'>;
  readonly #rules: Pick<PushRules, 'rulesetOf'>;
  readonly #counters = new Map<UserId, Map<RoomId, Counter>>();

  constructor(parts: {
    readonly rooms: Pick<ReceiptRooms, 'event' | 'after' | 'heardSince'>;
    readonly receipts: Pick<Receipts, 'marksOf' | 'threadOf'>;
    readonly rules: Pick<PushRules, 'rulesetOf'>;
  }) {
    this.#rooms = parts.rooms;
    this.#receipts = parts.receipts;
    this.#rules = parts.rules;
  }

  /** What is unread in a room that the user is in, up to its newest event. */
  async unread(userId: UserId, room: Room): Promise<UnreadCounts> {
    return (await this.#upToDate(userId, room)).unread.counts;
  }

  /** The same by thread; threads with nothing unread are left out. */
  async unreadByThread(userId: UserId, room: Room): Promise<ReadonlyMap<ThreadId, UnreadCounts>> {
    return (await this.#upToDate(userId, room)).unread.countsByThread;
  }

  async #upToDate(userId: UserId, room: Room): Promise<Counter> {
    const counter = this.#counterOf(userId, room.id);
    await counter.inTurn(() => this.#catchUp(counter, userId, room));
    return counter;
  }

  async #catchUp(counter: Counter, userId: UserId, room: Room): Promise<void> {
    const ruleset = await this.#rules.rulesetOf(userId);
    const marks = await this.#receipts.marksOf(userId, room.id);
    // Other rules would have counted otherwise, as they would after a restart.
    if (counter.ruleset !== ruleset) counter.reset(ruleset);
    if (counter.marks !== marks) counter.unread.read(marks);
    counter.marks = marks;
    if (counter.countedUpTo >= room.position) return;
    if (isAllRead(marks, room.position)) counter.countedUpTo = room.position;
    else await this.#countNew(counter, userId, room, { ruleset, marks });
  }

  async #countNew(counter: Counter, userId: UserId, room: Room, by: By): Promise<void> {
    const counted = Math.max(counter.countedUpTo, by.marks.everything);
    const start = await this.#rooms.heardSince(userId, room.id, counted);
    // Who has come in since then has left before, and begins anew.
    if (start > counted) counter.unread.clear();
    for await (const entry of this.#rooms.after(room.id, start)) {
      await this.#count(counter.unread, userId, room, entry, by);
      counter.countedUpTo = entry.position;
    }
  }

  async #count(unread: UnreadEvents, userId: UserId, room: Room, entry: EventEntry, by: By): Promise<void> {
    if (entry.pdu.type === 'm.room.redaction') await this.#takeBack(unread, entry);
    if (entry.pdu.sender === userId) return this.#readByOwn(unread, entry);
    if (entry.redactedBy !== undefined) return;
    const { notify, highlight } = evaluate(by.ruleset, clientEvent(entry), contextOf(userId, room, entry));
    if (!notify) return;
    const thread = await this.#receipts.threadOf(entry);
    if (entry.position > readUpTo(by.marks, thread)) unread.add(thread, entry.position, highlight);
  }

  /** An event that was redacted is nothing to be told of any more. */
  async #takeBack(unread: UnreadEvents, redaction: EventEntry): Promise<void> {
    const { redacts } = clientEvent(redaction);
    if (unread.isEmpty || redacts === undefined) return;
    const target = redaction.redacts ?? (await this.#rooms.event(redaction.roomId, redacts));
    if (target?.redactedBy !== undefined) unread.remove(target.position);
  }

  /** Who speaks has read what was said before. To change one's name or to redact is not to speak. */
  async #readByOwn(unread: UnreadEvents, entry: EventEntry): Promise<void> {
    const speaks = entry.pdu.state_key === undefined && entry.pdu.type !== 'm.room.redaction';
    if (speaks && !unread.isEmpty) unread.readThread(await this.#receipts.threadOf(entry), entry.position);
  }

  #counterOf(userId: UserId, roomId: RoomId): Counter {
    const counters = this.#counters.get(userId) ?? this.#addUser(userId);
    const counter = counters.get(roomId) ?? new Counter();
    counters.set(roomId, counter);
    return counter;
  }

  #addUser(userId: UserId): Map<RoomId, Counter> {
    const [oldest] = this.#counters.keys();
    if (this.#counters.size >= USERS_KEPT && oldest !== undefined) this.#counters.delete(oldest);
    const counters = new Map<RoomId, Counter>();
    this.#counters.set(userId, counters);
    return counters;
  }
}

/** By what is counted. */
interface By {
  readonly ruleset: Ruleset;
  readonly marks: ReadMarks;
}

const contextOf = (user: UserId, room: Room, { pdu }: EventEntry): PushContext => {
  const displayName = room.get('m.room.member', user)?.content['displayname'];
  return {
    user,
    displayName: typeof displayName === 'string' ? displayName : undefined,
    memberCount: room.joined.size,
    senderMayNotify: (notification) => powerOf(pdu.sender, room) >= levelToNotify(notification, room),
  };
};
