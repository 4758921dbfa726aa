import type { Ruleset } from '@byline/core/push/ruleset.ts';
import { EventId, type RoomId, type UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientEvent, type Room } from '../graph/service.ts';
import { isAllRead, type ReadMarks, type ReceiptRooms, type Receipts, readUpTo } from '../receipts/service.ts';
import { judge, type ReplacingEvents } from './judgement.ts';
import { changesPastRoom, PastRoom } from './past-room.ts';
import type { PushRules } from './service.ts';
import { type UnreadCounts, UnreadEvents } from './unread-events.ts';

const USERS_KEPT = 20_000;

/** What is counted of one room for one user, and by what. */
class Counter {
  readonly unread = new UnreadEvents();
  countedUpTo: Position = 0;
  ruleset: Ruleset | undefined;
  ignored: ReadonlySet<UserId> | undefined;
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
  reset({ ruleset, ignored }: By): void {
    this.unread.clear();
    this.countedUpTo = 0;
    this.ruleset = ruleset;
    this.ignored = ignored;
    this.marks = undefined;
  }
}

export interface UnreadParts {
  readonly rooms: Pick<ReceiptRooms, 'event' | 'after' | 'heardSince'>;
  readonly receipts: Pick<Receipts, 'marksOf' | 'threadOf'>;
  readonly rules: Pick<PushRules, 'rulesetOf'>;
  readonly ignored: { ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>> };
  readonly relations: ReplacingEvents;
}

/** All that is unread in a room, and what of it is in which thread besides the main timeline. */
export interface UnreadOfRoom extends UnreadCounts {
  readonly threads: ReadonlyMap<EventId, UnreadCounts>;
}

/**
 * How many unread events users are to be told of (specification, client-server API: "Receiving notifications").
 * Nothing is written for a recipient, ever: who syncs has each event looked at once, and what is in memory can be
 * counted again from the receipts and the room's events at any time, with the same result.
 */
export class Unread {
  readonly #parts: UnreadParts;
  readonly #counters = new Map<UserId, Map<RoomId, Counter>>();

  constructor(parts: UnreadParts) {
    this.#parts = parts;
  }

  /** What is unread in a room that the user is in, up to its newest event; threads with nothing unread are left out. */
  async unread(userId: UserId, room: Room): Promise<UnreadOfRoom> {
    const { unread } = await this.#upToDate(userId, room);
    return unread.isEmpty ? NOTHING_UNREAD : { ...unread.counts, threads: threadsOf(unread) };
  }

  async #upToDate(userId: UserId, room: Room): Promise<Counter> {
    const counter = this.#counterOf(userId, room.id);
    await counter.inTurn(() => this.#catchUp(counter, userId, room));
    return counter;
  }

  async #catchUp(counter: Counter, userId: UserId, room: Room): Promise<void> {
    const ruleset = await this.#parts.rules.rulesetOf(userId);
    const ignored = await this.#parts.ignored.ignoredBy(userId);
    const marks = await this.#parts.receipts.marksOf(userId, room.id);
    const by = { ruleset, ignored, marks };
    // Other rules would have counted otherwise, as they would after a restart.
    if (counter.ruleset !== ruleset || counter.ignored !== ignored) counter.reset(by);
    if (counter.marks !== marks) counter.unread.read(marks);
    counter.marks = marks;
    if (counter.countedUpTo >= room.position) return;
    if (isAllRead(marks, room.position)) counter.countedUpTo = room.position;
    else await this.#countNew(counter, userId, room, by);
  }

  async #countNew(counter: Counter, userId: UserId, room: Room, by: By): Promise<void> {
    const counted = Math.max(counter.countedUpTo, by.marks.everything);
    const start = await this.#parts.rooms.heardSince(userId, room.id, counted);
    // Who has come in since then has left before, and begins anew.
    if (start > counted) counter.unread.clear();
    // From here to the end of the first look the room must not go on: what is looked at ends where it stands now.
    const past = new PastRoom(room, userId);
    const upTo = room.position;
    past.goBackBefore(await this.#stateChanges(room.id, start, upTo));
    for await (const entry of this.#parts.rooms.after(room.id, start, upTo)) {
      past.goOnTo(entry);
      await this.#count(counter.unread, past, entry, userId, by);
      counter.countedUpTo = entry.position;
    }
  }

  async #stateChanges(roomId: RoomId, after: Position, upTo: Position): Promise<readonly EventEntry[]> {
    const changes: EventEntry[] = [];
    for await (const entry of this.#parts.rooms.after(roomId, after, upTo)) {
      if (changesPastRoom(entry)) changes.push(entry);
    }
    return changes;
  }

  async #count(unread: UnreadEvents, past: PastRoom, entry: EventEntry, userId: UserId, by: By): Promise<void> {
    if (entry.pdu.type === 'm.room.redaction') await this.#takeBack(unread, entry);
    if (entry.pdu.sender === userId) return this.#readByOwn(unread, entry);
    const outcome = await judge(entry, past, { ...by, userId }, this.#parts);
    if (outcome === undefined) return;
    const thread = await this.#parts.receipts.threadOf(entry);
    if (entry.position > readUpTo(by.marks, thread)) unread.add(thread, entry.position, outcome.highlight);
  }

  /** An event that was redacted is nothing to be told of any more, and nor is what was to replace it. */
  async #takeBack(unread: UnreadEvents, redaction: EventEntry): Promise<void> {
    const { redacts } = clientEvent(redaction);
    if (unread.isEmpty || redacts === undefined) return;
    const target = redaction.redacts ?? (await this.#parts.rooms.event(redaction.roomId, redacts));
    if (target?.redactedBy === undefined) return;
    unread.remove(target.position);
    for (const position of await this.#parts.relations.replacementsOf(target)) unread.remove(position);
  }

  /** Who speaks has read what was said before. To change one's name or to redact is not to speak. */
  async #readByOwn(unread: UnreadEvents, entry: EventEntry): Promise<void> {
    const speaks = entry.pdu.state_key === undefined && entry.pdu.type !== 'm.room.redaction';
    if (speaks && !unread.isEmpty) unread.readThread(await this.#parts.receipts.threadOf(entry), entry.position);
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
  readonly ignored: ReadonlySet<UserId>;
  readonly marks: ReadMarks;
}

const NOTHING_UNREAD: UnreadOfRoom = { notificationCount: 0, highlightCount: 0, threads: new Map() };

const threadsOf = (unread: UnreadEvents): ReadonlyMap<EventId, UnreadCounts> => {
  const threads = new Map<EventId, UnreadCounts>();
  for (const [thread, counts] of unread.countsByThread) {
    const root = EventId.safeParse(thread);
    if (root.success) threads.set(root.data, counts);
  }
  return threads;
};
