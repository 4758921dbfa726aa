import { DomainError, EventId, type RoomId, type UserId } from '@byline/protocol';
import { MAIN_TIMELINE } from '@byline/protocol/matrix/receipts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Audience, EventEntry, Position, Receipt, ReceiptEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AccountData, AccountDataKey } from '../account-data/service.ts';
import { type ReadMarks, readUpTo, type RoomReceipts, type ThreadId, withReceipt } from './read-marks.ts';
import { Readers } from './readers.ts';
import type { ReceiptStore } from './store.ts';

export { isAllRead, type ReadMarks, readUpTo, type ThreadId } from './read-marks.ts';

/** What receipts ask of rooms. */
export interface ReceiptRooms {
  /** As what a user hears a room; `undefined`: not at all. */
  audienceOf(userId: UserId, roomId: RoomId): Promise<Audience | undefined>;
  /** An event of the room; `undefined`: it has none of that id. */
  event(roomId: RoomId, eventId: EventId): Promise<EventEntry | undefined>;
  /** The position up to which nothing in the room was ever meant for the user, or `after` if that is later. */
  heardSince(userId: UserId, roomId: RoomId, after: Position): Promise<Position>;
  /** The room's events after a position, oldest first; up to another, or to its newest. */
  after(roomId: RoomId, position: Position, upTo?: Position): AsyncIterable<EventEntry>;
}

/** What receipts ask of threads. */
export interface ReceiptThreads {
  /** The first event of the thread that an event is in; `undefined`: it is in the main timeline. */
  threadOf(entry: EventEntry): Promise<EventId | undefined>;
}

export interface ReceiptRequest {
  readonly type: Receipt['type'];
  readonly eventId: EventId;
  /** As it was sent; `undefined`: unthreaded. */
  readonly threadId: unknown;
}

/** Events up to which somebody has read, as a client names them. */
export interface ReadMarkers {
  readonly fullyRead: EventId | undefined;
  readonly receipts: readonly ReceiptRequest[];
}

interface Draft {
  readonly roomId: RoomId;
  readonly userId: UserId;
  readonly receipt: Receipt;
}

/** How far everybody has read (specification, client-server API: "Receipts", "Read and unread markers"). */
export class Receipts {
  readonly #store: ReceiptStore;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #rooms: ReceiptRooms;
  readonly #threads: ReceiptThreads;
  readonly #accountData: Pick<AccountData, 'find' | 'set'>;
  readonly #readers: Readers;

  constructor(parts: {
    readonly store: ReceiptStore;
    readonly log: Log;
    readonly clock: Clock;
    readonly rooms: ReceiptRooms;
    readonly threads: ReceiptThreads;
    readonly accountData: Pick<AccountData, 'find' | 'set'>;
  }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#rooms = parts.rooms;
    this.#threads = parts.threads;
    this.#accountData = parts.accountData;
    this.#readers = new Readers(parts.store, parts.log);
  }

  /**
   * Sets markers of a user in a room, each only forwards: one that would go back stays where it is.
   *
   * @throws DomainError `M_FORBIDDEN` outside the room, `M_NOT_FOUND` for what is no event of it, `M_INVALID_PARAM` for a
   *   thread that is none or that the event is not in. Then none of the markers has moved.
   */
  async setMarkers(userId: UserId, roomId: RoomId, markers: ReadMarkers): Promise<void> {
    const audience = await this.#rooms.audienceOf(userId, roomId);
    if (audience === undefined) throw new DomainError('M_FORBIDDEN', 'You are not in this room.');
    const receipts = await Promise.all(
      markers.receipts.map((request) => this.#receiptOf(roomId, shownTo(audience, request))),
    );
    const fullyRead = markers.fullyRead === undefined ? undefined : await this.#event(roomId, markers.fullyRead);
    const drafts = receipts.map((receipt) => ({ userId, roomId, receipt }));
    await Promise.all([this.#append(userId, roomId, drafts), this.#setFullyRead(userId, roomId, fullyRead)]);
  }

  /** The present receipts of rooms, also the private ones of everybody: who may be told of which is for the caller. */
  async all(roomIds: readonly RoomId[]): Promise<readonly ReceiptEntry[]> {
    return this.#store.since(roomIds, 0);
  }

  /** Those of them that were sent after a position. */
  async since(roomIds: readonly RoomId[], position: Position): Promise<readonly ReceiptEntry[]> {
    return this.#store.since(roomIds, position);
  }

  /** How far a user has read in a room, by public and private receipts together. The same object as long as nothing moves. */
  async marksOf(userId: UserId, roomId: RoomId): Promise<ReadMarks> {
    return this.#readers.marksOf(userId, roomId);
  }

  /** Up to where a user has read everything in a room, whatever its thread. */
  async readUpTo(userId: UserId, roomId: RoomId): Promise<Position> {
    return (await this.marksOf(userId, roomId)).everything;
  }

  /** Which thread an event of a room is in. */
  async threadOf(entry: EventEntry): Promise<ThreadId> {
    return (await this.#threads.threadOf(entry)) ?? MAIN_TIMELINE;
  }

  async #event(roomId: RoomId, eventId: EventId): Promise<EventEntry> {
    const entry = await this.#rooms.event(roomId, eventId);
    if (entry === undefined) throw new DomainError('M_NOT_FOUND', 'This room has no such event.');
    return entry;
  }

  async #receiptOf(roomId: RoomId, { type, eventId, threadId }: ReceiptRequest): Promise<Receipt> {
    const wanted = parseThreadId(threadId);
    const event = await this.#event(roomId, eventId);
    if (wanted !== null && wanted !== eventId && wanted !== (await this.threadOf(event))) {
      throw new DomainError('M_INVALID_PARAM', 'The event is not in that thread.');
    }
    return { type, eventId, eventPosition: event.position, threadId: wanted, at: this.#clock.now() };
  }

  async #append(userId: UserId, roomId: RoomId, drafts: readonly Draft[]): Promise<void> {
    const present = await this.#readers.receiptsOf(userId, roomId);
    if (drafts.every((draft) => !isForwards(draft, present))) return;
    const position = await this.#floorAfter(userId, roomId, present.marks, drafts);
    const floor = { userId, roomId, position };
    await this.#log.append((batch) => {
      for (const draft of drafts) if (isForwards(draft, present)) this.#place(batch, draft);
      if (position > present.marks.everything) batch.gather(this.#store.upsertFloors, floor);
    });
    this.#readers.applyFloor(floor);
  }

  /** Places a receipt, unless this batch has placed one that is further on. */
  #place(batch: Batch, { userId, roomId, receipt }: Draft): void {
    const placed = batch.staged(this, () => new Map<string, Position>());
    const key = JSON.stringify([userId, roomId, receipt.type, receipt.threadId]);
    if (receipt.eventPosition <= (placed.get(key) ?? 0)) return;
    batch.gather(this.#store.upsert, batch.place<ReceiptEntry>({ kind: 'receipt', roomId, userId, receipt }));
    placed.set(key, receipt.eventPosition);
  }

  /**
   * Up to where every event will be read after these receipts, in whatever thread it is. Some clients send receipts for
   * single threads only; without this whoever counts what is unread would have to begin at the room's first event.
   */
  async #floorAfter(userId: UserId, roomId: RoomId, before: ReadMarks, drafts: readonly Draft[]): Promise<Position> {
    let marks = before;
    for (const { receipt } of drafts) marks = withReceipt(marks, receipt.threadId, receipt.eventPosition);
    const furthest = Math.max(0, ...marks.threads.values());
    if (furthest <= marks.everything) return marks.everything;
    let floor = await this.#rooms.heardSince(userId, roomId, marks.everything);
    for await (const event of this.#rooms.after(roomId, floor)) {
      if (event.position > furthest) return floor;
      const isRead = event.pdu.sender === userId || event.position <= readUpTo(marks, await this.threadOf(event));
      if (!isRead) return floor;
      floor = event.position;
    }
    return floor;
  }

  async #setFullyRead(userId: UserId, roomId: RoomId, event: EventEntry | undefined): Promise<void> {
    if (event === undefined) return;
    const key: AccountDataKey = { userId, roomId, type: 'm.fully_read' };
    const present = EventId.safeParse((await this.#accountData.find(key))?.['event_id']);
    const before = present.success ? await this.#rooms.event(roomId, present.data) : undefined;
    if (before !== undefined && before.position >= event.position) return;
    await this.#accountData.set(key, { event_id: event.eventId });
  }
}

const isForwards = ({ receipt }: Draft, present: RoomReceipts): boolean =>
  receipt.eventPosition > present.positionOf(receipt.type, receipt.threadId);

/** NOTSPEC: who follows a public account is seen by nobody, so what they have read is theirs alone, whatever they send. */
const shownTo = (audience: Audience, request: ReceiptRequest): ReceiptRequest =>
  audience === 'subscribers' ? { ...request, type: 'm.read.private' } : request;

/** `null`: unthreaded. */
const parseThreadId = (sent: unknown): ThreadId | null => {
  if (sent === undefined) return null;
  const isThread = sent === MAIN_TIMELINE || EventId.safeParse(sent).success;
  if (typeof sent !== 'string' || !isThread) {
    throw new DomainError('M_INVALID_PARAM', '"thread_id" must be "main" or the id of the thread\'s first event.');
  }
  return sent;
};
