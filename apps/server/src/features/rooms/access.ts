import { historyVisibilityOf } from '@byline/core/room/visibility.ts';
import { membershipOf } from '@byline/core/event/room-state.ts';
import type { ClientEvent, RoomId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Room, RoomGraph } from '../graph/service.ts';
import type { AccountRooms } from './account-rooms.ts';
import type { ForgottenRooms } from './forgotten.ts';
import { notInRoom } from './refusals.ts';
import { EVERYTHING, leftAt, until, type Visibility, visibilityTo } from './visibility.ts';

/** A room as one user may read it. */
export interface Reading {
  readonly graph: RoomGraph;
  readonly room: Room;
  /** The room is shown as it stood here: now, or when the user left it. */
  readonly upTo: Position;
  /** A membership that only this user is shown. */
  readonly selfMember: ClientEvent | undefined;
  readonly visibility: () => Promise<Visibility>;
}

/** Who may read which rooms, and how far back (specification, client-server API: "Room History Visibility"). */
export class RoomAccess {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #accounts: AccountRooms;
  readonly #forgotten: ForgottenRooms;

  constructor(parts: {
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly accounts: AccountRooms;
    readonly forgotten: ForgottenRooms;
  }) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#accounts = parts.accounts;
    this.#forgotten = parts.forgotten;
  }

  /** The room as the user may read it. Throws `M_FORBIDDEN`, the same for a closed room and for one that does not exist. */
  async reading(userId: UserId, roomId: RoomId): Promise<Reading> {
    const reading = await this.find(userId, roomId);
    if (reading === undefined) throw notInRoom();
    return reading;
  }

  /** The same; `undefined` where the user may not read, or there is nothing. */
  async find(userId: UserId, roomId: RoomId): Promise<Reading | undefined> {
    const room = await this.#conversations.room(roomId);
    if (room === undefined) return this.#findAccount(userId, roomId);
    const upTo = isOpenTo(userId, room) ? room.position : await this.#leftAt(userId, roomId);
    if (upTo === undefined) return undefined;
    const graph = this.#conversations;
    return {
      graph,
      room,
      upTo,
      selfMember: undefined,
      visibility: async () => until(upTo, await visibilityTo(graph, roomId, userId)),
    };
  }

  /** Those of some events of one room, oldest first, that the user may read. What is new to a member takes no query. */
  async readableBy(userId: UserId, room: Room, entries: readonly EventEntry[]): Promise<readonly EventEntry[]> {
    const [oldest] = entries;
    if (oldest === undefined || oldest.audience === 'subscribers' || isSinceJoined(userId, room, oldest)) {
      return entries;
    }
    const visibility = await visibilityTo(this.#conversations, room.id, userId);
    return entries.filter((entry) => visibility.allows(entry.position) || concerns(userId, entry));
  }

  /** What the user may read of a room from one of its events on. What is new to a member takes no query. */
  async visibilitySince(userId: UserId, room: Room, event: EventEntry): Promise<Visibility> {
    if (event.audience === 'subscribers' || isSinceJoined(userId, room, event)) return EVERYTHING;
    return visibilityTo(this.#conversations, room.id, userId);
  }

  /** The rooms that the user wants to hear no more of. */
  async forgottenBy(userId: UserId): Promise<ReadonlySet<RoomId>> {
    return this.#forgotten.of(userId);
  }

  async #findAccount(userId: UserId, roomId: RoomId): Promise<Reading | undefined> {
    const room = await this.#accountRooms.room(roomId);
    if (room === undefined || !(await this.#accounts.isVisibleTo(roomId, userId))) return undefined;
    return {
      graph: this.#accountRooms,
      room,
      upTo: room.position,
      selfMember: await this.#accounts.selfMember(userId, roomId),
      visibility: async () => EVERYTHING,
    };
  }

  async #leftAt(userId: UserId, roomId: RoomId): Promise<Position | undefined> {
    const left = leftAt(await this.#conversations.stateHistory(roomId, 'm.room.member', userId));
    if (left === undefined || (await this.#forgotten.of(userId)).has(roomId)) return undefined;
    return left;
  }
}

/**
 * NOTSPEC: the rules of history visibility hide from somebody who was only invited that they declined, or that they were
 * told not to come. Without that event their other devices would show the invitation for ever.
 */
const concerns = (userId: UserId, { pdu }: EventEntry): boolean =>
  pdu.type === 'm.room.member' && pdu.state_key === userId;

const isOpenTo = (userId: UserId, room: Room): boolean =>
  membershipOf(userId, room) === 'join' || visibilityNow(room) === 'world_readable';

const visibilityNow = (room: Room) => historyVisibilityOf(room.get('m.room.history_visibility', '')?.content);

/** Whether a member may read an event, and so everything after it, by what is in memory. */
const isSinceJoined = (userId: UserId, room: Room, { position }: EventEntry): boolean => {
  const member = room.entry('m.room.member', userId);
  if (member === undefined || membershipOf(userId, room) !== 'join') return false;
  if (position >= member.position) return true;
  const isShared = ['shared', 'world_readable'].includes(visibilityNow(room));
  return isShared && position >= (room.entry('m.room.history_visibility', '')?.position ?? 0);
};
