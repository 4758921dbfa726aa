import type { Membership, RoomState } from '@byline/core/event/room-state.ts';
import { isMembership } from '@byline/core/event/room-state.ts';
import type { EventId, Pdu, RoomId, RoomVersion, UserId } from '@byline/protocol';
import { afterRedaction, type EventEntry, type Position, type Unplaced } from '../../platform/log/entry.ts';

/** What the next event of a room follows. */
export interface Head {
  readonly eventId: EventId;
  readonly depth: number;
}

/** An event that stands in a room's state, or is about to. */
export type StateEntry = Unplaced<EventEntry>;

/** A room as it stands: what decisions about it are made on. */
export interface RoomView extends RoomState {
  readonly id: RoomId;
  readonly version: RoomVersion;
  readonly createEventId: EventId;
  readonly head: Head;
  readonly entry: (type: string, stateKey: string) => StateEntry | undefined;
}

const NO_STATE: ReadonlyMap<string, EventEntry> = new Map();

/** How many of a room's newest events are kept in memory. */
export const TIMELINE_KEPT = 40;

/** The committed state of a room and its newest events, kept in memory. It follows the log. */
export class Room implements RoomView {
  readonly id: RoomId;
  readonly version: RoomVersion;
  readonly createEventId: EventId;
  readonly #state = new Map<string, Map<string, EventEntry>>();
  readonly #joined = new Set<UserId>();
  #timeline: EventEntry[] | undefined;
  #newest: EventEntry;

  constructor(version: RoomVersion, state: readonly EventEntry[], newest: EventEntry) {
    const create = state.find((entry) => entry.pdu.type === 'm.room.create');
    if (create === undefined) throw new Error('A room has no create event.');
    this.id = create.roomId;
    this.version = version;
    this.createEventId = create.eventId;
    this.#newest = newest;
    for (const entry of state) this.#set(entry);
  }

  get head(): Head {
    return headOf(this.#newest);
  }

  /** Where its newest event stands in the log. */
  get position(): Position {
    return this.#newest.position;
  }

  /** Its newest event. */
  get newest(): EventEntry {
    return this.#newest;
  }

  /** Who is in it now. */
  get joined(): ReadonlySet<UserId> {
    return this.#joined;
  }

  /** The newest events without a gap, oldest first; `undefined` while nobody has asked for them. */
  get timeline(): readonly EventEntry[] | undefined {
    return this.#timeline;
  }

  entry(type: string, stateKey: string): EventEntry | undefined {
    return this.#state.get(type)?.get(stateKey);
  }

  // A property, because core calls it as a function of its own.
  readonly get = (type: string, stateKey: string): Pdu | undefined => this.entry(type, stateKey)?.pdu;

  /** All of the present state, by type and then state key. */
  *state(): Generator<EventEntry> {
    for (const entries of this.#state.values()) yield* entries.values();
  }

  /** The types of its state. */
  types(): Iterable<string> {
    return this.#state.keys();
  }

  /** The present state of one type, by state key. */
  entriesOf(type: string): Iterable<readonly [stateKey: string, entry: EventEntry]> {
    return this.#state.get(type) ?? [];
  }

  members(): Iterable<EventEntry> {
    return this.ofType('m.room.member');
  }

  /** All present state of one type. */
  ofType(type: string): IteratorObject<EventEntry> {
    return (this.#state.get(type) ?? NO_STATE).values();
  }

  /** Takes over a committed event. The same event twice does no harm. */
  apply(entry: EventEntry): void {
    if (entry.redacts !== undefined) this.#replace(entry.redacts);
    if (entry.pdu.state_key !== undefined) this.#set(entry);
    if (entry.position <= this.position) return;
    this.#newest = entry;
    this.#timeline?.push(entry);
    if (this.#timeline !== undefined && this.#timeline.length > 2 * TIMELINE_KEPT) {
      this.#timeline = this.#timeline.slice(-TIMELINE_KEPT);
    }
  }

  /** Keeps the newest events, read from the engine, unless something newer has come since. */
  keepTimeline(entries: readonly EventEntry[]): void {
    const newest = entries.at(-1);
    if (newest?.position === this.position) this.#timeline = [...entries];
  }

  #set(entry: EventEntry): void {
    const { type, state_key: stateKey = '' } = entry.pdu;
    const entries = this.#state.get(type) ?? new Map<string, EventEntry>();
    this.#state.set(type, entries);
    const present = entries.get(stateKey);
    if (present !== undefined && present.position > entry.position) return;
    entries.set(stateKey, entry);
    if (type !== 'm.room.member') return;
    if (entry.pdu.content['membership'] === 'join') this.#joined.add(stateKey as UserId);
    else this.#joined.delete(stateKey as UserId);
  }

  #replace(redacted: EventEntry): void {
    for (const entries of this.#state.values()) {
      for (const [stateKey, entry] of entries) entries.set(stateKey, afterRedaction(entry, redacted));
    }
    this.#timeline = this.#timeline?.map((entry) => afterRedaction(entry, redacted));
    this.#newest = afterRedaction(this.#newest, redacted);
  }
}

/** A room as it will be when the batch commits: the committed one, under what the batch has added. */
export class StagedRoom implements RoomView {
  readonly id: RoomId;
  readonly version: RoomVersion;
  readonly createEventId: EventId;
  readonly #base: RoomView | undefined;
  readonly #added = new Map<string, StateEntry>();
  #head: Head;

  constructor(base: RoomView | StagedRoot) {
    this.id = base.id;
    this.version = base.version;
    this.createEventId = base.createEventId;
    this.#head = base.head;
    this.#base = 'entry' in base ? base : undefined;
  }

  get head(): Head {
    return this.#head;
  }

  entry(type: string, stateKey: string): StateEntry | undefined {
    return this.#added.get(keyOf(type, stateKey)) ?? this.#base?.entry(type, stateKey);
  }

  readonly get = (type: string, stateKey: string): Pdu | undefined => this.entry(type, stateKey)?.pdu;

  add(entry: StateEntry): void {
    if (entry.redacts !== undefined) this.#replace(entry.redacts);
    if (entry.pdu.state_key !== undefined) this.#added.set(keyOf(entry.pdu.type, entry.pdu.state_key), entry);
    this.#head = headOf(entry);
  }

  #replace(redacted: EventEntry): void {
    const { type, state_key: stateKey } = redacted.pdu;
    if (stateKey === undefined || this.entry(type, stateKey)?.eventId !== redacted.eventId) return;
    this.#added.set(keyOf(type, stateKey), redacted);
  }
}

/** A room of which there is only the create event. */
export interface StagedRoot {
  readonly id: RoomId;
  readonly version: RoomVersion;
  readonly createEventId: EventId;
  readonly head: Head;
}

const headOf = ({ eventId, pdu }: StateEntry): Head => ({ eventId, depth: pdu.depth });

/** A user's membership by their member event. */
export const membershipIn = (entry: StateEntry | undefined): Membership => {
  const membership = entry?.pdu.content['membership'];
  return isMembership(membership) ? membership : 'leave';
};

const keyOf = (type: string, stateKey: string): string => `${type}\0${stateKey}`;
