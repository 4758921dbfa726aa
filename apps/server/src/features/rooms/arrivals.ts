import type { RoomId, UserId } from '@byline/protocol';

/** Hears that somebody has come into a room. */
type Listener = (userId: UserId, roomId: RoomId) => Promise<void>;

/** Tells who wants to know that people have come into rooms; whoever has come is answered only after that. */
export class Arrivals {
  readonly #listeners: Listener[] = [];

  on(listener: Listener): void {
    this.#listeners.push(listener);
  }

  async tell(userId: UserId, roomId: RoomId): Promise<void> {
    for (const listener of this.#listeners) await listener(userId, roomId);
  }
}
