import { passes, passesRoom } from '@byline/core/event/filter.ts';
import { isMeant, type SearchTerm, searchTermOf } from '@byline/core/search/tokens.ts';
import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { RoomEventsWanted, SearchToken } from '@byline/protocol/matrix/search.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Rooms } from '../rooms/service.ts';
import type { SearchIndexer } from './indexer.ts';
import { typeOfKey } from './searchable.ts';
import type { FoundText, SearchStore } from './store.ts';

/** So many of the best texts are looked at: whoever needs more asks for something that says more. */
const MOST_FOUND = 1_000;
const DEFAULT_LIMIT = 10;
const LARGEST_LIMIT = 100;

type Reading = NonNullable<Awaited<ReturnType<Rooms['access']['find']>>>;

/** A room that something was found in, as the user may read it. */
export interface FoundRoom {
  readonly reading: Reading;
  readonly visibility: Awaited<ReturnType<Reading['visibility']>>;
}

export interface FoundEvent {
  readonly entry: EventEntry;
  readonly rank: number;
  readonly room: FoundRoom;
}

/** What was found: a page of it, and how much there is. */
export interface Found {
  readonly events: readonly FoundEvent[];
  readonly count: number;
  readonly highlights: readonly string[];
  readonly next: SearchToken | undefined;
}

export interface FinderParts {
  readonly store: SearchStore;
  readonly indexer: SearchIndexer;
  readonly log: Log;
  readonly rooms: Pick<Rooms, 'access'>;
  /** The conversations that a user is or was in, and the accounts that they follow. */
  readonly roomsOf: (userId: UserId) => Promise<readonly RoomId[]>;
  readonly ignored: { ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>> };
}

/** Finds what a user may read, and nothing else. */
export class Finder {
  readonly #parts: FinderParts;

  constructor(parts: FinderParts) {
    this.#parts = parts;
  }

  async find(userId: UserId, wanted: RoomEventsWanted, token: SearchToken | undefined): Promise<Found> {
    await this.#parts.indexer.caughtUp();
    const term = searchTermOf(wanted.search_term);
    const upTo = token?.upTo ?? this.#parts.log.position;
    const offset = token?.offset ?? 0;
    const rooms = new Map<RoomId, FoundRoom | undefined>();
    const texts = await this.#texts(userId, wanted, term, upTo, rooms);
    const end = offset + Math.min(wanted.filter?.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT);
    const page = texts.slice(offset, end);
    return {
      events: await eventsOf(page, rooms),
      count: texts.length,
      highlights: term.words,
      next: texts.length > end && end > offset ? { upTo, offset: end } : undefined,
    };
  }

  /** All texts that the user may read and wants, in their order. */
  async #texts(
    userId: UserId,
    { filter, keys, order_by: order }: RoomEventsWanted,
    term: SearchTerm,
    upTo: Position,
    rooms: Map<RoomId, FoundRoom | undefined>,
  ): Promise<readonly FoundText[]> {
    const roomIds = (await this.#parts.roomsOf(userId)).filter((roomId) => passesRoom(filter, roomId));
    const found = await this.#parts.store.find({ words: term.tokens, roomIds, keys, upTo, order, limit: MOST_FOUND });
    const meant = found.filter(({ text }) => isMeant(term, text));
    for (const roomId of new Set(meant.map((text) => text.roomId))) rooms.set(roomId, await this.#room(userId, roomId));
    const ignored = await this.#parts.ignored.ignoredBy(userId);
    const readable = meant.filter(({ roomId, position, sender, key }) => {
      const isHeard = key !== 'content.body' || !ignored.has(sender);
      return isHeard && rooms.get(roomId)?.visibility.allows(position) === true;
    });
    if (filter === undefined) return readable;
    const entries = filter.contains_url === undefined ? undefined : await entriesOf(readable, rooms);
    return readable.filter(({ eventId, sender, key }) =>
      passes(filter, { type: typeOfKey(key), sender, content: entries?.get(eventId)?.pdu.content ?? {} }),
    );
  }

  /** What is said in an encrypted room is not searched, even if something of it is not encrypted. */
  async #room(userId: UserId, roomId: RoomId): Promise<FoundRoom | undefined> {
    const reading = await this.#parts.rooms.access.find(userId, roomId);
    if (reading === undefined || reading.room.entry('m.room.encryption', '') !== undefined) return undefined;
    return { reading, visibility: await reading.visibility() };
  }
}

/** The events of texts, read together for each kind of room. */
const entriesOf = async (
  texts: readonly FoundText[],
  rooms: ReadonlyMap<RoomId, FoundRoom | undefined>,
): Promise<ReadonlyMap<EventId, EventEntry>> => {
  const entries = new Map<EventId, EventEntry>();
  const ofGraph = Map.groupBy(texts, ({ roomId }) => rooms.get(roomId)?.reading.graph);
  for (const [graph, some] of ofGraph) {
    const read = (await graph?.events(some.map(({ eventId }) => eventId))) ?? [];
    for (const entry of read) entries.set(entry.eventId, entry);
  }
  return entries;
};

const eventsOf = async (
  texts: readonly FoundText[],
  rooms: ReadonlyMap<RoomId, FoundRoom | undefined>,
): Promise<readonly FoundEvent[]> => {
  const entries = await entriesOf(texts, rooms);
  return texts.flatMap(({ eventId, roomId, rank }) => {
    const [entry, room] = [entries.get(eventId), rooms.get(roomId)];
    return entry === undefined || room === undefined ? [] : [{ entry, rank, room }];
  });
};
