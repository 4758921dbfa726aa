import type { Person } from '@byline/testkit/person.ts';
import { messages } from './room-calls.ts';
import { type Synced, type SyncedEvent, type SyncedRoom, sync } from './syncing.ts';

const STATE_AFTER = 'org.matrix.msc4222.state_after';

/** How a client asks. */
export interface Asking {
  readonly name: string;
  readonly stateAfter: boolean;
  readonly lazy: boolean;
}

/** What a client makes of a room by what it was told. */
export class FoldedRoom {
  section: 'join' | 'leave' | 'invite' = 'join';
  readonly state = new Map<string, string>();
  timeline: string[] = [];
  unread: unknown;
  summary: unknown;
  /** By user, type and thread: the event. */
  readonly receipts = new Map<string, string>();
  readonly speakers = new Set<string>();

  /** What two clients that know the same must agree on. */
  known(lazy: boolean) {
    const state = [...this.state].filter(([key]) => !lazy || !key.startsWith('m.room.member '));
    return {
      section: this.section,
      state: Object.fromEntries(state),
      unread: this.unread,
      summary: this.summary,
      receipts: Object.fromEntries(this.receipts),
    };
  }
}

/** A client that takes over one answer after the other, and fills every gap that it is told of. */
export class FoldingClient {
  readonly asking: Asking;
  person: Person;
  since: string | undefined;
  readonly rooms = new Map<string, FoldedRoom>();
  readonly invited = new Set<string>();

  constructor(asking: Asking, person: Person) {
    this.asking = asking;
    this.person = person;
  }

  /** Asks for what is new. */
  async ask(limit: number, more: object = {}): Promise<Synced> {
    const { lazy, stateAfter } = this.asking;
    const room = { timeline: { limit }, state: { lazy_load_members: lazy }, ...more };
    const filter = JSON.stringify({ room });
    return sync(this.person, this.since, { filter, 'org.matrix.msc4222.use_state_after': String(stateAfter) });
  }

  async take(told: Synced): Promise<void> {
    const { join = {}, invite = {}, leave = {} } = told.rooms ?? {};
    for (const [roomId, room] of Object.entries({ ...join, ...leave })) {
      this.invited.delete(roomId);
      await this.#takeRoom(roomId, room, roomId in join ? 'join' : 'leave');
    }
    for (const roomId of Object.keys(invite)) {
      this.invited.add(roomId);
      const room = this.rooms.get(roomId);
      // What one knows of a room from before is still true of then.
      if (room !== undefined) room.section = 'invite';
    }
    this.since = told.next_batch;
  }

  async #takeRoom(roomId: string, told: SyncedRoom, section: 'join' | 'leave'): Promise<void> {
    const room = this.rooms.get(roomId) ?? new FoldedRoom();
    const isNew = !this.rooms.has(roomId);
    this.rooms.set(roomId, room);
    room.section = section;
    const { events, limited, prev_batch: start } = timelineOf(told);
    if (limited && !isNew) append(room.timeline, await this.#missed(roomId, room, start));
    append(
      room.timeline,
      events.filter((event) => isOfOthers(this.person, event)).map(({ event_id }) => event_id),
    );
    for (const event of this.#stateOf(told, events)) {
      if (event.state_key !== undefined) room.state.set(`${event.type} ${event.state_key}`, event.event_id);
    }
    for (const { sender } of events) room.speakers.add(sender);
    room.unread = told.unread_notifications ?? room.unread;
    room.summary = told.summary ?? room.summary;
    for (const event of told.ephemeral?.events ?? []) if (event.type === 'm.receipt') takeReceipts(room, event);
  }

  /** What was said before a timeline and after all that is known. */
  async #missed(roomId: string, { timeline }: FoldedRoom, start: string): Promise<string[]> {
    const history = await historyOf(this.person, roomId, start);
    return history.slice(history.findLastIndex((event) => timeline.includes(event)) + 1);
  }

  #stateOf(told: SyncedRoom, timeline: readonly SyncedEvent[]): readonly SyncedEvent[] {
    if (!this.asking.stateAfter) return [...(told.state?.events ?? []), ...timeline];
    if (told[STATE_AFTER] === undefined || told.state !== undefined) throw new Error('The state is told elsewhere.');
    return told[STATE_AFTER].events;
  }
}

/** A room in which nothing was said is told without a timeline. */
const timelineOf = ({ timeline }: Partial<SyncedRoom>): SyncedRoom['timeline'] =>
  timeline ?? { events: [], limited: false, prev_batch: '' };

/** What became of one's own standing is told by /sync even where the rules of history would hide it. */
const isOfOthers = (person: Person, event: SyncedEvent): boolean =>
  event.type !== 'm.room.member' || event.state_key !== person.userId;

/** All of a room's events that somebody may read, oldest first, but for their own memberships. */
export const historyOf = async (person: Person, roomId: string, before?: string): Promise<string[]> => {
  const found: string[] = [];
  for (let from = before; ;) {
    const page = await messages(person, roomId, `dir=b&limit=50${from === undefined ? '' : `&from=${from}`}`);
    found.push(...page.chunk.filter((event) => isOfOthers(person, event)).map(({ event_id }) => event_id));
    if (page.end === undefined || page.chunk.length === 0) return found.toReversed();
    from = page.end;
  }
};

/** Clients know an event by its id, so that one that they have is not added again. */
const append = (timeline: string[], events: readonly string[]): void => {
  const known = new Set(timeline);
  timeline.push(...events.filter((event) => !known.has(event)));
};

const takeReceipts = (room: FoldedRoom, { content }: SyncedEvent): void => {
  for (const [eventId, types] of Object.entries(content)) {
    for (const [type, users] of Object.entries(types as Record<string, Record<string, { thread_id?: string }>>)) {
      for (const [userId, { thread_id: thread = '' }] of Object.entries(users)) {
        room.receipts.set(`${userId} ${type} ${thread}`, eventId);
      }
    }
  }
};
