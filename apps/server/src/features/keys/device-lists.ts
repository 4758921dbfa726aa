import type { RoomId, UserId } from '@byline/protocol';
import type { Batch } from '../../platform/log/batch.ts';
import type { DeviceListEntry, EventEntry, LogEntry, Position, Unplaced } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { RoomGraph } from '../graph/service.ts';
import type { DeviceListStore } from './device-list-store.ts';
import { Sharing, SHARING_TYPES, type SharedRoom } from './sharing.ts';

/** Whose devices a client has to look at again, and whose it need not look at any more (`device_lists`). */
export interface DeviceListChanges {
  readonly changed: readonly UserId[];
  readonly left: readonly UserId[];
}

/** A user's membership of each conversation that they are or were in, and since when it stands. */
export type Standings = ReadonlyMap<RoomId, { readonly membership: string; readonly position: Position }>;

export interface DeviceListParts {
  readonly store: DeviceListStore;
  readonly log: Log;
  readonly tail: Tail;
  readonly conversations: RoomGraph;
  readonly standingsOf: (userId: UserId) => Promise<Standings>;
}

/** A user's encrypted rooms as they were read at a position of the log. */
export interface RoomsOfUser {
  readonly userId: UserId;
  readonly roomIds: readonly RoomId[];
  readonly readAt: Position;
}

interface Span {
  readonly since: Position;
  readonly upTo: Position;
}

/** Beyond that many entries it is cheaper to ask what has changed in the user's own rooms. */
const LONGEST_TAIL_READ = 5_000;

/** Who has to be told that somebody's keys changed (specification, client-server API: "Tracking the device list for a user"). */
export class DeviceLists {
  readonly #store: DeviceListStore;
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #conversations: RoomGraph;
  readonly #standingsOf: DeviceListParts['standingsOf'];

  constructor({ store, log, tail, conversations, standingsOf }: DeviceListParts) {
    this.#store = store;
    this.#log = log;
    this.#tail = tail;
    this.#conversations = conversations;
    this.#standingsOf = standingsOf;
  }

  /** The encrypted rooms in which a change of a user's keys is of interest. Read before a decision, for `place`. */
  async roomsOf(userId: UserId): Promise<RoomsOfUser> {
    const readAt = this.#log.position;
    const memberships = await this.#conversations.membershipsOf(userId);
    const present = memberships.filter(({ membership }) => membership === 'join' || membership === 'invite');
    return { userId, roomIds: await this.#encrypted(present.map(({ roomId }) => roomId)), readAt };
  }

  /** Tells in a decision of the log that a user's keys changed. */
  place(batch: Batch, { userId, roomIds, readAt }: RoomsOfUser): void {
    // Nobody may miss it who came to share a room with the user after the rooms were read.
    const later = [...(this.#tail.after(readAt) ?? []), ...batch.entries].filter((entry) => isSharing(entry, userId));
    this.#place(batch, { userId, seenBy: undefined, roomIds: [...roomIds, ...later.map((entry) => entry.roomId)] });
  }

  /** Tells the one user who can see it that another's keys changed: by a signature that they gave. */
  placeFor(batch: Batch, viewer: UserId, userId: UserId): void {
    this.#place(batch, { userId, seenBy: viewer, roomIds: [] });
  }

  /** What changed for a user between two positions. */
  async between(userId: UserId, since: Position, upTo: Position): Promise<DeviceListChanges> {
    const tail = this.#recent(since);
    if (tail !== undefined && !tail.some(isTelling)) return NO_CHANGES;
    const standings = await this.#standingsOf(userId);
    if (tail === undefined) return this.#ofEngine(userId, standings, { since, upTo });
    const isConcerned = tail.some((entry) => concerns(userId, standings, entry));
    return isConcerned ? this.#ofTail(userId, standings, { since, upTo }) : NO_CHANGES;
  }

  async #ofTail(userId: UserId, standings: Standings, span: Span): Promise<DeviceListChanges> {
    const rooms = await this.#rooms(standings, span.since);
    // Read only now, so that it reaches as far as the rooms do.
    const entries = (this.#tail.after(span.since) ?? []).filter(isTelling);
    const sharing = new Sharing(userId, rooms, entries.filter(isEvent), span);
    const changed = entries.filter(isDeviceList).filter((entry) => entry.position <= span.upTo);
    const seen = changed.filter(({ userId: whose, seenBy }) =>
      seenBy === undefined ? whose === userId || sharing.sharesNow(whose) : seenBy === userId,
    );
    return answerOf(
      sharing,
      seen.map((entry) => entry.userId),
    );
  }

  async #ofEngine(userId: UserId, standings: Standings, span: Span): Promise<DeviceListChanges> {
    const readUpTo = this.#log.position;
    const rooms = await this.#rooms(standings, span.since);
    const ids = rooms.map((room) => room.id);
    const stored = await this.#conversations.stateEventsAfter(ids, SHARING_TYPES, span.since);
    const newer = (this.#tail.after(readUpTo) ?? []).filter(isTelling).filter(isEvent);
    const sharing = new Sharing(userId, rooms, [...stored, ...newer], span);
    const peers = [...sharing.peersNow(), userId];
    const changed = [
      ...(await this.#store.changedSince(peers, span.since)),
      ...(await this.#store.changedFor(userId, span.since)),
    ];
    return answerOf(sharing, changed);
  }

  /** The encrypted rooms that the user has been in since a position, in memory. */
  async #rooms(standings: Standings, since: Position): Promise<readonly SharedRoom[]> {
    const ids = [...standings].filter(([, { membership, position }]) => membership === 'join' || position > since);
    const encrypted = await this.#encrypted(ids.map(([roomId]) => roomId));
    return [...(await this.#conversations.rooms(encrypted)).values()];
  }

  async #encrypted(roomIds: readonly RoomId[]): Promise<RoomId[]> {
    const absent = roomIds.filter((roomId) => this.#conversations.peek(roomId) === undefined);
    const stored = absent.length === 0 ? [] : await this.#conversations.roomsWith(absent, 'm.room.encryption', '');
    const inMemory = roomIds.filter((roomId) => this.#conversations.peek(roomId)?.entry('m.room.encryption', ''));
    return [...new Set([...inMemory, ...stored])];
  }

  #place(batch: Batch, change: Pick<DeviceListEntry, 'userId' | 'seenBy' | 'roomIds'>): void {
    const unplaced: Unplaced<DeviceListEntry> = { kind: 'device-list', ...change };
    batch.gather(this.#store.upsert, batch.place<DeviceListEntry>(unplaced));
  }

  #recent(since: Position): readonly LogEntry[] | undefined {
    const entries = this.#tail.after(since);
    return entries === undefined || entries.length > LONGEST_TAIL_READ ? undefined : entries;
  }
}

const NO_CHANGES: DeviceListChanges = { changed: [], left: [] };

const answerOf = (sharing: Sharing, changed: readonly UserId[]): DeviceListChanges => {
  const { begun, ended } = sharing.changes();
  return { changed: [...new Set([...changed, ...begun])], left: ended };
};

const isEvent = (entry: LogEntry): entry is EventEntry => entry.kind === 'event';

const isDeviceList = (entry: LogEntry): entry is DeviceListEntry => entry.kind === 'device-list';

/** Whether an entry may change anybody's device lists. */
const isTelling = (entry: LogEntry): boolean =>
  entry.kind === 'device-list' ||
  (entry.kind === 'event' && entry.audience === 'members' && SHARING_TYPES.includes(entry.pdu.type));

/** Whether an entry may change a user's own, as long as nobody moved: then all that may be shared is named in it. */
const concerns = (userId: UserId, standings: Standings, entry: LogEntry): boolean => {
  if (!isTelling(entry)) return false;
  if (entry.kind === 'event') return standings.has(entry.roomId);
  if (entry.kind !== 'device-list') return false;
  if (entry.seenBy !== undefined) return entry.seenBy === userId;
  return entry.userId === userId || entry.roomIds.some((roomId) => standings.get(roomId)?.membership === 'join');
};

/** Whether a user may share an encrypted room since an event. */
const isSharing = (entry: LogEntry, userId: UserId): entry is EventEntry =>
  isTelling(entry) && entry.kind === 'event' && (entry.pdu.state_key === userId || entry.pdu.state_key === '');
