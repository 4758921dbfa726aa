import type { RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';

/** A user's rooms in the order in which something last happened in them. To move one to the front costs the same in any crowd. */
export class Recency {
  /** A map keeps the order in which its keys were added: here the newest come last. */
  readonly #positions = new Map<RoomId, Position>();

  constructor(positions: Iterable<readonly [RoomId, Position]>) {
    for (const [roomId, position] of [...positions].toSorted((left, right) => left[1] - right[1])) {
      this.#positions.set(roomId, position);
    }
  }

  /** Something has happened in a room, later than everything that is known. */
  bump(roomId: RoomId, position: Position): void {
    this.#positions.delete(roomId);
    this.#positions.set(roomId, position);
  }

  /** Where the newest that the user may know of a room stands. */
  position(roomId: RoomId): Position {
    return this.#positions.get(roomId) ?? 0;
  }

  /** All rooms, those in which something has happened last first. */
  newestFirst(): RoomId[] {
    return [...this.#positions.keys()].toReversed();
  }
}
