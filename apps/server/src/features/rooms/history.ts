import { passes, passesRoom } from '@byline/core/event/filter.ts';
import { DomainError, type EventId, type RoomId, type UserId } from '@byline/protocol';
import type { RoomEventFilter } from '@byline/protocol/matrix/filter.ts';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { clientJsonFor } from '../graph/service.ts';
import type { Reading, RoomAccess } from './access.ts';
import { type Direction, scan } from './scan.ts';
import type { Visibility } from './visibility.ts';

export interface PageWanted {
  /** Absent: from the end that the direction leads away from. */
  readonly from?: Position | undefined;
  readonly to?: Position | undefined;
  readonly direction: Direction;
  readonly limit: number;
  readonly filter?: RoomEventFilter | undefined;
}

/** A page of history; events are JSON texts, in the direction of the page. */
export interface Page {
  readonly start: Position;
  /** `undefined`: there is nothing more to read. */
  readonly end: Position | undefined;
  readonly chunk: readonly string[];
  readonly state: readonly string[] | undefined;
}

/** An event and what stands around it; those before it newest first. */
export interface Context {
  readonly start: Position;
  readonly end: Position;
  readonly event: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly state: readonly string[];
}

/** What the server says of what relates to events, as JSON by event (specification: "Aggregations of child events"). */
export interface EventBundles {
  of(
    reader: { readonly userId: UserId; readonly visibility: () => Promise<Visibility> },
    entries: readonly EventEntry[],
  ): Promise<ReadonlyMap<EventId, string>>;
}

/** Reads what was said in rooms, as far as each reader may. */
export class RoomHistory {
  readonly #access: RoomAccess;
  readonly #bundles: EventBundles;

  constructor(access: RoomAccess, bundles: EventBundles) {
    this.#access = access;
    this.#bundles = bundles;
  }

  /** Throws `M_FORBIDDEN`. */
  async messages(session: Session, roomId: RoomId, wanted: PageWanted): Promise<Page> {
    const reading = await this.#access.reading(session.userId, roomId);
    const { direction, limit, filter } = wanted;
    const visibility = await reading.visibility();
    const start = startOf(reading, wanted);
    const scanned = await scan(reading.graph, {
      roomId,
      direction,
      limit,
      from: start,
      to: wanted.to ?? (direction === 'b' ? 0 : reading.upTo),
      counts: counting(reading, visibility, filter),
    });
    const members = isLazy(filter) ? await sendersIn(reading, scanned.entries) : undefined;
    return {
      start: wanted.from ?? start,
      end: scanned.isAtEnd && wanted.to === undefined ? undefined : scanned.reached,
      chunk: await this.#texts(scanned.entries, session, visibility),
      state: members?.map((entry) => clientJsonFor(entry, session)),
    };
  }

  /** Throws `M_FORBIDDEN` for the room, `M_NOT_FOUND` for the event. */
  async context(
    session: Session,
    roomId: RoomId,
    eventId: EventId,
    { limit, filter }: { readonly limit: number; readonly filter?: RoomEventFilter | undefined },
  ): Promise<Context> {
    const reading = await this.#access.reading(session.userId, roomId);
    const visibility = await reading.visibility();
    const entry = await readableEvent(reading, visibility, eventId);
    const counts = counting(reading, visibility, filter);
    const { graph, upTo } = reading;
    const half = Math.floor(limit / 2);
    const [before, after] = await Promise.all([
      scan(graph, { roomId, direction: 'b', from: entry.position - 1, to: 0, limit: half, counts }),
      scan(graph, { roomId, direction: 'f', from: entry.position, to: upTo, limit: limit - half, counts }),
    ]);
    const shown = [entry, ...before.entries, ...after.entries];
    const state = await stateAround(reading, after.entries.at(-1) ?? entry, shown, filter);
    const [event = '', ...around] = await this.#texts(shown, session, visibility);
    return {
      start: before.reached,
      end: after.reached,
      event,
      before: around.slice(0, before.entries.length),
      after: around.slice(before.entries.length),
      state: state.map((one) => clientJsonFor(one, session)),
    };
  }

  /** One event, as JSON text. Throws `M_NOT_FOUND`, also where the user may not read it. */
  async event(session: Session, roomId: RoomId, eventId: EventId): Promise<string> {
    const reading = await this.#access.find(session.userId, roomId);
    if (reading === undefined) throw noSuchEvent();
    const visibility = await reading.visibility();
    const [text = ''] = await this.#texts([await readableEvent(reading, visibility, eventId)], session, visibility);
    return text;
  }

  /** The texts of one room's events, with what relates to them. */
  async #texts(entries: readonly EventEntry[], session: Session, visibility: Visibility): Promise<readonly string[]> {
    const bundles = await this.#bundles.of({ userId: session.userId, visibility: async () => visibility }, entries);
    return entries.map((entry) =>
      clientJsonFor(entry, session, visibility.membershipAt(entry.position), bundles.get(entry.eventId)),
    );
  }
}

const startOf = ({ upTo }: Reading, { from, direction }: PageWanted): Position => {
  if (direction === 'f') return from ?? 0;
  return Math.min(from ?? upTo, upTo);
};

const readableEvent = async (reading: Reading, visibility: Visibility, eventId: EventId): Promise<EventEntry> => {
  const entry = await reading.graph.event(eventId);
  if (entry?.roomId !== reading.room.id || !visibility.allows(entry.position)) throw noSuchEvent();
  return entry;
};

const noSuchEvent = (): DomainError =>
  new DomainError('M_NOT_FOUND', 'There is no such event, or you may not read it.');

const counting = ({ room }: Reading, visibility: Visibility, filter: RoomEventFilter | undefined) => {
  if (!passesRoom(filter, room.id)) return () => false;
  return (entry: EventEntry): boolean => visibility.allows(entry.position) && passes(filter, entry.pdu);
};

const isLazy = (filter: RoomEventFilter | undefined): boolean => filter?.lazy_load_members === true;

/** The memberships of those who sent the events, as they stood at the newest of them. */
const sendersIn = async (reading: Reading, entries: readonly EventEntry[]): Promise<readonly EventEntry[]> => {
  const { graph, room } = reading;
  const newest = Math.max(...entries.map(({ position }) => position));
  const senders = [...new Set(entries.map(({ pdu }) => pdu.sender))];
  const members = senders.map(async (sender) => {
    const present = room.entry('m.room.member', sender);
    return present === undefined || present.position <= newest
      ? present
      : graph.stateEntryAt(room.id, 'm.room.member', sender, newest);
  });
  return (await Promise.all(members)).filter((entry) => entry !== undefined);
};

/** The state at the last of the events shown; of the members only who sent one of them, where the client loads lazily. */
const stateAround = async (
  reading: Reading,
  last: EventEntry,
  shown: readonly EventEntry[],
  filter: RoomEventFilter | undefined,
): Promise<readonly EventEntry[]> => {
  const state = await reading.graph.stateOf(reading.room, last.position);
  const senders = new Set<string | undefined>(shown.map(({ pdu }) => pdu.sender));
  const isNeeded = ({ pdu }: EventEntry) =>
    !isLazy(filter) || pdu.type !== 'm.room.member' || senders.has(pdu.state_key);
  return state.filter((entry) => isNeeded(entry) && passes(filter, entry.pdu));
};
