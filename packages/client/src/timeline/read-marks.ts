import type { MatrixEvent, Room } from 'matrix-js-sdk';

/**
 * How far others have read: what stands at or before the newest event that somebody else has acknowledged.
 * @param events oldest first
 */
export function readByOthers(room: Room, events: readonly MatrixEvent[], me: string): (event: MatrixEvent) => boolean {
  const last = events.findLastIndex((event) => room.getReceiptsForEvent(event).some(({ userId }) => userId !== me));
  const read = new Set(events.slice(0, last + 1));
  return (event) => read.has(event);
}

/** The newest event, when somebody else has said something since one's own acknowledgement; otherwise there is nothing to acknowledge. */
export function toAcknowledge(room: Room, events: readonly MatrixEvent[], me: string): MatrixEvent | undefined {
  const acknowledged = room.getReadReceiptForUserId(me, true)?.eventId;
  const at = events.findIndex((event) => event.getId() === acknowledged);
  const isNews = events.slice(at + 1).some((event) => event.getSender() !== me);
  return isNews ? events.findLast((event) => event.status === null) : undefined;
}
