import type { MatrixEvent } from 'matrix-js-sdk';
import type { Receipts } from '../threads/place.ts';

/**
 * How far others have read: what stands at or before the newest event that somebody else has acknowledged.
 * @param events oldest first
 */
export function readByOthers(
  receipts: Receipts,
  events: readonly MatrixEvent[],
  me: string,
): (event: MatrixEvent) => boolean {
  const last = events.findLastIndex((event) => receipts.getReceiptsForEvent(event).some(({ userId }) => userId !== me));
  const read = new Set(events.slice(0, last + 1));
  return (event) => read.has(event);
}

/** The newest event, when somebody else has said something since one's own acknowledgement; otherwise there is nothing to acknowledge. */
export function toAcknowledge(receipts: Receipts, events: readonly MatrixEvent[], me: string): MatrixEvent | undefined {
  const acknowledged = receipts.getReadReceiptForUserId(me, true)?.eventId;
  const at = events.findIndex((event) => event.getId() === acknowledged);
  const isNews = events.slice(at + 1).some((event) => event.getSender() !== me);
  return isNews ? events.findLast((event) => event.status === null) : undefined;
}
