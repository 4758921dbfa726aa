import type { RoomId, UserId } from '@byline/protocol';
import type { RoomGraph } from '../graph/service.ts';
import type { PresenceRooms } from './service.ts';

/** Who talks with whom. It is given conversations only, so that nobody is known by the public accounts that they follow. */
export class Acquaintances implements PresenceRooms {
  readonly #conversations: RoomGraph;

  constructor(conversations: RoomGraph) {
    this.#conversations = conversations;
  }

  async share(userId: UserId, other: UserId): Promise<boolean> {
    const [own, theirs] = await Promise.all([this.#joinedBy(userId), this.#joinedBy(other)]);
    return [...own].some((roomId) => theirs.has(roomId));
  }

  async #joinedBy(userId: UserId): Promise<Set<RoomId>> {
    const memberships = await this.#conversations.membershipsOf(userId);
    return new Set(memberships.filter(({ membership }) => membership === 'join').map(({ roomId }) => roomId));
  }
}
