import { ROOM_VERSION_RULES } from '@byline/core/event/room-version.ts';
import { type Membership, membershipOf } from '@byline/core/event/room-state.ts';
import type { RoomId, UserId } from '@byline/protocol';
import type { Room, RoomGraph } from '../graph/service.ts';
import type { AccountRooms } from './account-rooms.ts';
import { type RoomSummary, summaryOf } from './summary.ts';

export interface PreviewParts {
  readonly conversations: RoomGraph;
  readonly accountRooms: RoomGraph;
  readonly accounts: Pick<AccountRooms, 'isVisibleTo' | 'selfMember'>;
}

/** A room that somebody may see before being in it. */
export interface Preview {
  readonly room: Room;
  readonly summary: RoomSummary;
  /** Theirs. */
  readonly membership: Membership | undefined;
}

/**
 * Which rooms somebody may know of: those that they are in or could come into, and those that anyone may read
 * (specification, client-server API: `GET …/hierarchy`, `GET /room_summary/…`).
 */
export class RoomPreviews {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #accounts: PreviewParts['accounts'];

  constructor(parts: PreviewParts) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#accounts = parts.accounts;
  }

  /** `undefined`: there is none, or they may not know of it. */
  async find(userId: UserId | undefined, roomId: RoomId): Promise<Preview | undefined> {
    return (await this.many(userId, [roomId])).get(roomId);
  }

  /** Those of some rooms; what is not in memory is read together. */
  async many(userId: UserId | undefined, roomIds: readonly RoomId[]): Promise<ReadonlyMap<RoomId, Preview>> {
    const conversations = await this.#conversations.rooms(roomIds);
    const others = roomIds.filter((roomId) => !conversations.has(roomId));
    const accounts = others.length === 0 ? new Map<RoomId, Room>() : await this.#accountRooms.rooms(others);
    const seen = new Map<RoomId, Preview>();
    for (const room of conversations.values()) {
      const summary = summaryOf(room);
      const membership = userId === undefined ? undefined : membershipOf(userId, room);
      if (await this.#maySee(userId, room, summary)) seen.set(room.id, { room, summary, membership });
    }
    for (const room of accounts.values()) {
      if (!(await this.#accounts.isVisibleTo(room.id, userId))) continue;
      seen.set(room.id, { room, summary: summaryOf(room), membership: await this.#subscription(userId, room) });
    }
    return seen;
  }

  /** Who follows a public account is in its room, to themselves. */
  async #subscription(userId: UserId | undefined, room: Room): Promise<Membership | undefined> {
    if (userId === undefined) return undefined;
    return (await this.#accounts.selfMember(userId, room.id)) === undefined ? membershipOf(userId, room) : 'join';
  }

  async #maySee(userId: UserId | undefined, room: Room, summary: RoomSummary): Promise<boolean> {
    const { joinRule, worldReadable, allowedRooms } = summary;
    const rule = ROOM_VERSION_RULES[room.version].joinRules.get(joinRule);
    if (worldReadable || rule?.admits === 'anyone' || rule?.knocking === true) return true;
    if (userId === undefined) return false;
    if (['join', 'invite', 'knock'].includes(membershipOf(userId, room))) return true;
    if (rule?.admits !== 'invited-or-authorised') return false;
    const rooms = await this.#conversations.rooms(allowedRooms);
    return [...rooms.values()].some((other) => other.joined.has(userId));
  }
}
