import { DomainError, type RoomId, type UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';
import { membershipIn, type RoomGraph } from '../graph/service.ts';
import type { ForgottenStore } from './forgotten-store.ts';

const USERS_KEPT = 10_000;

/** The rooms that people have left and want to hear no more of. Who comes back to a room has not forgotten it. */
export class ForgottenRooms {
  readonly #store: ForgottenStore;
  readonly #conversations: RoomGraph;
  readonly #kept = new Map<UserId, Promise<ReadonlyMap<RoomId, Position>>>();

  constructor(store: ForgottenStore, conversations: RoomGraph) {
    this.#store = store;
    this.#conversations = conversations;
  }

  async of(userId: UserId): Promise<ReadonlySet<RoomId>> {
    const forgotten = await this.#read(userId);
    if (forgotten.size === 0) return new Set();
    const memberships = await this.#conversations.membershipsOf(userId);
    const still = memberships.filter(({ roomId, position }) => position <= (forgotten.get(roomId) ?? -1));
    return new Set(still.map(({ roomId }) => roomId));
  }

  /**
   * Forgets a room; one that the user never was in is no error.
   *
   * @throws DomainError `M_UNKNOWN` for somebody who is in it, invited, or waiting to be let in.
   */
  async forget(userId: UserId, roomId: RoomId): Promise<void> {
    const member = (await this.#conversations.room(roomId))?.entry('m.room.member', userId);
    if (member === undefined) return;
    const membership = membershipIn(member);
    if (membership !== 'leave' && membership !== 'ban') {
      throw new DomainError('M_UNKNOWN', 'Leave the room before you forget it.');
    }
    await this.#store.insert(userId, roomId, member.position);
    this.#kept.delete(userId);
  }

  #read(userId: UserId): Promise<ReadonlyMap<RoomId, Position>> {
    const known = this.#kept.get(userId);
    if (known !== undefined) return known;
    const reading = this.#store.all(userId);
    this.#kept.set(userId, reading);
    reading.catch(() => this.#kept.delete(userId));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > USERS_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return reading;
  }
}
