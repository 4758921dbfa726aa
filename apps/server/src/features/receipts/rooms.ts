import type { EventId, RoomId, UserId } from '@byline/protocol';
import type { Audience, EventEntry, Position } from '../../platform/log/entry.ts';
import { membershipIn, type RoomGraph } from '../graph/service.ts';

const PAGE = 500;
const MEMBER = 'm.room.member';

/** The rooms that users hear, and what has happened in them. */
export class HeardRooms {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #isSubscriber: (userId: UserId, roomId: RoomId) => Promise<boolean>;

  constructor(parts: {
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly isSubscriber: (userId: UserId, roomId: RoomId) => Promise<boolean>;
  }) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#isSubscriber = parts.isSubscriber;
  }

  /** As what a user hears a room; `undefined`: not at all. */
  async audienceOf(userId: UserId, roomId: RoomId): Promise<Audience | undefined> {
    const conversation = await this.#conversations.room(roomId);
    if (conversation?.joined.has(userId) === true) return 'members';
    return (await this.#isSubscriber(userId, roomId)) ? 'subscribers' : undefined;
  }

  /** An event of a room; `undefined`: that room has none of that id. */
  async event(roomId: RoomId, eventId: EventId): Promise<EventEntry | undefined> {
    const entry = (await this.#conversations.event(eventId)) ?? (await this.#accountRooms.event(eventId));
    return entry?.roomId === roomId ? entry : undefined;
  }

  /**
   * The position up to which nothing in a conversation was ever meant for a user: where they came in, or `after` if that
   * is later.
   */
  async heardSince(userId: UserId, roomId: RoomId, after: Position): Promise<Position> {
    const room = await this.#conversations.room(roomId);
    const present = room?.entry(MEMBER, userId)?.position ?? 0;
    if (present <= after) return after;
    const history = await this.#conversations.stateHistory(roomId, MEMBER, userId);
    const joins = history.filter((entry, index) => isJoin(entry) && !isJoin(history[index - 1]));
    return Math.max(after, joins.at(-1)?.position ?? 0);
  }

  /** The events of a conversation after a position, oldest first; up to another, or to its newest. */
  async *after(roomId: RoomId, position: Position, upTo?: Position): AsyncGenerator<EventEntry> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return;
    const span = { after: position, upTo: upTo ?? room.position };
    // The newest of them are mostly in memory, and mostly they are all.
    const newest = await this.#conversations.page(roomId, span, 'newest', PAGE);
    if (newest.length < PAGE) yield* newest;
    else yield* this.#pages(roomId, span.after, span.upTo);
  }

  async *#pages(roomId: RoomId, position: Position, upTo: Position): AsyncGenerator<EventEntry> {
    for (let after = position; ;) {
      const page = await this.#conversations.page(roomId, { after, upTo }, 'oldest', PAGE);
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.position;
    }
  }
}

const isJoin = (entry: EventEntry | undefined): boolean => membershipIn(entry) === 'join';
