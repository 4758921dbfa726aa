import { redact } from '@byline/core/event/redaction.ts';
import type { SignedEvent } from '@byline/core/event/signature.ts';
import type { SigningKey } from '@byline/core/event/signing-key.ts';
import { DomainError, type EventId, type RoomId, type RoomVersion, type UserId } from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Audience, EventEntry, Position, Transaction, Unplaced } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import { buildCreate, buildEvent, type EventDraft } from './build.ts';
import { RoomCache } from './cache.ts';
import { historyInMemory, pastStateOf } from './past-state.ts';
import { type Room, type RoomView, StagedRoom } from './room.ts';
import { type GraphStore, type Span, type StoredMembership, transactionKey } from './store.ts';

export type { EventDraft } from './build.ts';
export { clientEvent, clientJson, clientJsonFor, clientJsonWith } from './client-event.ts';
export type { Room, RoomView } from './room.ts';
export { membershipIn } from './room.ts';
export type { Span, StoredMembership } from './store.ts';

export interface GraphParts {
  readonly store: GraphStore;
  readonly log: Log;
  readonly tail: Tail;
  readonly clock: Clock;
  readonly signingKey: SigningKey;
}

/** From how many changes on it is quicker to read the room's whole past state. */
const MOST_LOOKED_UP = 50;

/** Decides, on the room as it stands when its turn comes, which events follow. None: nothing is to be done. */
export type DecideEvents = (room: RoomView) => readonly EventDraft[];

/**
 * What another feature does with an event that is appended, inside the same transaction: it may gather rows of its own, or
 * throw, and then nothing is appended. What it stages it stages last.
 */
export type Companion = (batch: Batch, entry: EventEntry) => Promise<void> | undefined;

/**
 * The event graph of rooms: builds, authorises, signs, appends and reads whole, valid events.
 * It is made twice, over two sets of tables: for conversations and for the rooms of public accounts.
 * Who may read what is for its callers to decide.
 */
export class RoomGraph {
  readonly #store: GraphStore;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #key: SigningKey;
  readonly #cache: RoomCache;
  readonly #companions: Companion[] = [];
  readonly audience: Audience;
  #lastCreation = 0;

  constructor({ store, log, tail, clock, signingKey }: GraphParts) {
    this.#store = store;
    this.#log = log;
    this.#clock = clock;
    this.#key = signingKey;
    this.#cache = new RoomCache(store, log, tail);
    this.audience = store.audience;
  }

  /** Has every event that is appended to a room looked at as it is appended; a room's first events are not. */
  accompany(companion: Companion): void {
    this.#companions.push(companion);
  }

  /** Makes a room of its create event and what `decide` adds, all at once or not at all. */
  async create(create: EventDraft, version: RoomVersion, decide: DecideEvents): Promise<EventEntry[]> {
    const planned = this.plan(create, version, decide);
    return this.#log.append((batch) => this.createInside(batch, planned));
  }

  /**
   * Builds and signs a room's first events; nothing is kept of them yet.
   *
   * @throws DomainError `M_FORBIDDEN` where they contradict each other, `M_TOO_LARGE`, `M_BAD_JSON`.
   */
  plan(create: EventDraft, version: RoomVersion, decide: DecideEvents): PlannedRoom {
    const { signed, roomId } = buildCreate(create, version, this.#creationTime(), this.#key);
    const head = { eventId: signed.eventId, depth: 1 };
    const plan = new Plan(new StagedRoom({ id: roomId, version, createEventId: signed.eventId, head }), this.audience);
    plan.add(signed, undefined);
    for (const draft of decide(plan.room)) plan.add(this.#build(plan, draft), undefined);
    return plan;
  }

  /** Creates a planned room inside a larger decision, of which it must be the last part. */
  createInside(batch: Batch, { room, events }: PlannedRoom): EventEntry[] {
    batch.gather(this.#store.insertRooms, { id: room.id, version: room.version });
    const entries = this.#place(batch, events, undefined);
    this.#staged(batch).rooms.set(room.id, room);
    return entries;
  }

  /**
   * Appends events to a room, all at once or not at all. A request that was done before is not done again:
   * its event is returned as it is.
   *
   * @throws DomainError `M_NOT_FOUND` for an unknown room, `M_FORBIDDEN` where the room's state does not allow it,
   *   `M_TOO_LARGE` for an event over 64 KiB.
   */
  async append(roomId: RoomId, decide: DecideEvents, transaction?: Transaction): Promise<EventEntry[]> {
    return this.#log.append((batch) => this.appendInside(batch, roomId, decide, transaction));
  }

  /** The same inside a larger decision, of which it must be the last part. */
  async appendInside(
    batch: Batch,
    roomId: RoomId,
    decide: DecideEvents,
    transaction?: Transaction,
  ): Promise<EventEntry[]> {
    const done = transaction === undefined ? undefined : await this.#doneBefore(batch, transaction);
    if (done !== undefined) return [done];
    const room = this.#staged(batch).rooms.get(roomId) ?? (await this.#stage(batch, roomId));
    const plan = new Plan(new StagedRoom(room), this.audience);
    for (const draft of decide(room)) {
      const redacted = draft.redacts === undefined ? undefined : await this.#redacted(batch, room, draft.redacts);
      plan.add(this.#build(plan, draft), redacted);
    }
    const entries = this.#place(batch, plan.events, transaction);
    for (const entry of entries) for (const companion of this.#companions) await companion(batch, entry);
    const [first] = entries;
    if (transaction !== undefined && first !== undefined) {
      this.#staged(batch).transactions.set(transactionKey(transaction), first);
    }
    for (const entry of entries) room.add(entry);
    return entries;
  }

  /** A room as it stands, in memory. */
  async room(roomId: RoomId): Promise<Room | undefined> {
    return this.#cache.get(roomId);
  }

  async rooms(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Room>> {
    return this.#cache.many(roomIds);
  }

  /** The same, each read together with its newest events. */
  async roomsWithTimelines(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Room>> {
    return this.#cache.manyWithTimelines(roomIds);
  }

  /** A room that is in memory already. */
  peek(roomId: RoomId): Room | undefined {
    return this.#cache.peek(roomId);
  }

  async event(eventId: string): Promise<EventEntry | undefined> {
    return this.#store.event(eventId);
  }

  /** Several events, read together, in no order. Unknown ones are left out. */
  async events(eventIds: readonly EventId[]): Promise<EventEntry[]> {
    return eventIds.length === 0 ? [] : this.#store.events(eventIds);
  }

  /** The events of all rooms in a span of the log, oldest first. */
  async inSpan(span: Span): Promise<EventEntry[]> {
    return this.#store.inSpan(span);
  }

  /** An event inside a decision, as the batch will have found it: what the batch itself adds is not there yet. */
  async eventInside(batch: Batch, eventId: EventId): Promise<EventEntry | undefined> {
    return batch.read((writer) => this.#store.event(eventId, writer));
  }

  /** Up to `limit` events of a span: the newest of them, or the oldest; always oldest first. */
  async page(roomId: RoomId, span: Span, from: 'newest' | 'oldest', limit: number): Promise<EventEntry[]> {
    const kept = from === 'newest' ? await this.#pageOfMemory(roomId, span, limit) : undefined;
    return kept ?? this.#store.page(roomId, span, from, limit);
  }

  /** Where the newest event of each room stands, of any type or of some, without reading the rooms; those with none are left out. */
  async newestPositions(roomIds: readonly RoomId[], types?: readonly string[]) {
    return this.#store.ranking.newestPositions(roomIds, types);
  }

  /** The present state of some types, where it has no state key, without reading the rooms. */
  async statesOf(roomIds: readonly RoomId[], types: readonly string[]) {
    return this.#store.ranking.states(roomIds, types);
  }

  /** The member events by which a user is in rooms no more, without reading the rooms. */
  async departuresOf(userId: UserId) {
    return this.#store.ranking.departuresOf(userId);
  }

  async stateChanges(roomId: RoomId, span: Span): Promise<EventEntry[]> {
    return this.#store.stateChanges(roomId, span);
  }

  async stateAt(roomId: RoomId, position: Position): Promise<EventEntry[]> {
    return this.#store.stateAt(roomId, position);
  }

  /** The state of a room as it stood at a position: from memory, as far as that tells it. */
  async stateOf(room: Room, position: Position): Promise<EventEntry[]> {
    const { entries, unknown } = pastStateOf(room, position);
    if (unknown.length > MOST_LOOKED_UP) return this.#store.stateAt(room.id, position);
    const before = unknown.map(({ pdu }) => this.#store.stateEntryAt(room.id, pdu.type, pdu.state_key ?? '', position));
    return [...entries, ...(await Promise.all(before)).filter((entry) => entry !== undefined)];
  }

  /** Where the newest events of rooms stand; unknown rooms are left out. */
  async positions(roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Position>> {
    const known = new Map<RoomId, Position>();
    for (const roomId of roomIds) {
      const room = this.#cache.peek(roomId);
      if (room !== undefined) known.set(roomId, room.position);
    }
    const read = await this.newestPositions(roomIds.filter((roomId) => !known.has(roomId)));
    return new Map([...known, ...read]);
  }

  async stateEntryAt(roomId: RoomId, type: string, stateKey: string, position: Position) {
    return this.#store.stateEntryAt(roomId, type, stateKey, position);
  }

  async stateHistory(roomId: RoomId, type: string, stateKey: string): Promise<EventEntry[]> {
    const room = this.#cache.peek(roomId);
    const inMemory = room === undefined ? undefined : historyInMemory(room, type, stateKey);
    return inMemory ?? this.#store.stateHistory(roomId, type, stateKey);
  }

  async stateEventsAfter(roomIds: readonly RoomId[], types: readonly string[], position: Position) {
    return this.#store.stateEventsAfter(roomIds, types, position);
  }

  async roomsWith(roomIds: readonly RoomId[], type: string, stateKey: string): Promise<RoomId[]> {
    return this.#store.roomsWith(roomIds, type, stateKey);
  }

  async membershipsOf(userId: UserId): Promise<StoredMembership[]> {
    return this.#store.membershipsOf(userId);
  }

  #staged(batch: Batch): Staged {
    return batch.staged(this, () => ({ rooms: new Map(), transactions: new Map() }));
  }

  async #stage(batch: Batch, roomId: RoomId): Promise<StagedRoom> {
    const room = this.#cache.peek(roomId) ?? (await batch.read((writer) => this.#cache.getInside(writer, roomId)));
    if (room === undefined) throw new DomainError('M_NOT_FOUND', 'There is no such room.');
    const staged = new StagedRoom(room);
    this.#staged(batch).rooms.set(roomId, staged);
    return staged;
  }

  async #doneBefore(batch: Batch, transaction: Transaction): Promise<EventEntry | undefined> {
    const inBatch = this.#staged(batch).transactions.get(transactionKey(transaction));
    return inBatch ?? batch.read((writer) => this.#store.ofTransaction(transaction, writer));
  }

  /** Two rooms of one creator at one time would be one room where its id is the hash of what it begins with. */
  #creationTime(): number {
    this.#lastCreation = Math.max(this.#clock.now(), this.#lastCreation + 1);
    return this.#lastCreation;
  }

  #build(plan: Plan, draft: EventDraft): SignedEvent {
    return buildEvent(draft, plan.room, this.#clock.now(), this.#key);
  }

  /** The event that a redaction names, without its content; `undefined` if this room has no such event. */
  async #redacted(batch: Batch, room: RoomView, eventId: EventId): Promise<EventEntry | undefined> {
    const target = await batch.read((writer) => this.#store.event(eventId, writer));
    if (target === undefined || target.roomId !== room.id) return undefined;
    return { ...target, pdu: redact(target.pdu, room.version), transaction: undefined };
  }

  /** Gives the planned events their positions, the first one the request's name, and gathers their rows. */
  #place(batch: Batch, events: readonly Unplaced<EventEntry>[], transaction: Transaction | undefined): EventEntry[] {
    const entries = events.map((event, index) =>
      batch.place<EventEntry>(index === 0 ? { ...event, transaction } : event),
    );
    for (const entry of entries) {
      batch.gather(this.#store.insertEvents, entry);
      if (entry.pdu.state_key !== undefined) batch.gather(this.#store.upsertState, entry);
      if (entry.redacts !== undefined) batch.gather(this.#store.updateRedacted, entry.redacts);
    }
    return entries;
  }

  async #pageOfMemory(roomId: RoomId, span: Span, limit: number): Promise<EventEntry[] | undefined> {
    const room = this.#cache.peek(roomId);
    if (room === undefined) return undefined;
    if (room.timeline === undefined && span.upTo >= room.position) await this.#cache.readTimeline(room);
    return pageOf(room.timeline ?? [], span, limit);
  }
}

/** The newest events of a span, if what is in memory reaches back far enough. */
const pageOf = (timeline: readonly EventEntry[], span: Span, limit: number): EventEntry[] | undefined => {
  const [oldest] = timeline;
  if (oldest === undefined) return undefined;
  const inSpan = timeline.filter((entry) => entry.position > span.after && entry.position <= span.upTo);
  const isWhole = inSpan.length >= limit || oldest.position <= span.after || oldest.pdu.depth === 1;
  return isWhole ? inSpan.slice(-limit) : undefined;
};

/** What the decisions of one batch have done to rooms, before it is committed. */
interface Staged {
  readonly rooms: Map<RoomId, StagedRoom>;
  readonly transactions: Map<string, EventEntry>;
}

/** A room's first events, built and signed. */
export interface PlannedRoom {
  readonly room: StagedRoom;
  readonly events: readonly Unplaced<EventEntry>[];
}

/** The events that one decision adds to a room, each built on those before it. */
class Plan implements PlannedRoom {
  readonly room: StagedRoom;
  readonly events: Unplaced<EventEntry>[] = [];
  readonly #audience: Audience;

  constructor(room: StagedRoom, audience: Audience) {
    this.room = room;
    this.#audience = audience;
  }

  add({ eventId, pdu }: SignedEvent, redacted: EventEntry | undefined): void {
    const replaced = pdu.state_key === undefined ? undefined : this.room.entry(pdu.type, pdu.state_key);
    const event = {
      kind: 'event',
      roomId: this.room.id,
      audience: this.#audience,
      eventId,
      pdu,
      redactedBy: undefined,
      replaces: replaced === undefined ? undefined : { eventId: replaced.eventId, pdu: replaced.pdu },
      redacts: redacted === undefined ? undefined : { ...redacted, redactedBy: { eventId, pdu } },
      transaction: undefined,
    } as const;
    this.events.push(event);
    this.room.add(event);
  }
}
