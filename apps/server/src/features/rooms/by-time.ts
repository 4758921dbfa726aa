import { DomainError, type RoomId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import type { Reading, RoomAccess } from './access.ts';
import { type Direction, scan } from './scan.ts';

/** Finds events by the time at which they were sent (client-server API: `GET …/timestamp_to_event`). */
export class EventsByTime {
  readonly #access: RoomAccess;

  constructor(access: RoomAccess) {
    this.#access = access;
  }

  /**
   * The first event since a time, or the last one until it, that the reader may read.
   *
   * @param at milliseconds since 1970
   * @throws DomainError `M_FORBIDDEN` for the room, `M_NOT_FOUND` where there is no such event.
   */
  async find({ userId }: Session, roomId: RoomId, at: number, direction: Direction): Promise<EventEntry> {
    const reading = await this.#access.reading(userId, roomId);
    const visibility = await reading.visibility();
    const isBack = direction === 'b';
    const later = await firstSince(reading, isBack ? at + 1 : at);
    const { entries } = await scan(reading.graph, {
      roomId,
      direction,
      from: (later ?? reading.upTo + 1) - 1,
      to: isBack ? 0 : reading.upTo,
      limit: 1,
      counts: ({ position }) => visibility.allows(position),
    });
    const [found] = entries;
    if (found === undefined) throw new DomainError('M_NOT_FOUND', 'There is no event in that direction of time.');
    return found;
  }
}

/**
 * Where the first event stands that was sent at a time or after it. Events stand in the order of their times, as the clock
 * goes; where it was set back, this is one of the places that fit.
 */
const firstSince = async ({ graph, room, upTo }: Reading, at: number): Promise<Position | undefined> => {
  let found: Position | undefined;
  let low = 0;
  let high = upTo;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await graph.page(room.id, { after: middle, upTo: high }, 'oldest', 1);
    if (entry === undefined || entry.pdu.origin_server_ts >= at) {
      found = entry?.position ?? found;
      high = middle;
    } else low = entry.position;
  }
  return found;
};
