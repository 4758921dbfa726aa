import { z } from 'zod';
import { EventId, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** Receipts and read markers (specification, client-server API: "Receipts", "Read and unread markers"). */

/** The thread id of the main timeline. */
export const MAIN_TIMELINE = 'main';

export const sendReceipt = operation({
  method: 'POST',
  paths: clientPaths('/rooms/:roomId/receipt/:receiptType/:eventId'),
  auth: 'required',
  limit: 'write',
  summary: 'Tells how far one has read.',
  params: z.object({
    roomId: RoomId,
    receiptType: z.enum(['m.read', 'm.read.private', 'm.fully_read']),
    eventId: EventId,
  }),
  // What may be wrong with it has an error code of its own, so it is looked at later.
  body: z.object({ thread_id: z.unknown().optional() }),
});

export const setReadMarkers = operation({
  method: 'POST',
  paths: clientPaths('/rooms/:roomId/read_markers'),
  auth: 'required',
  limit: 'write',
  summary: 'Sets the fully read marker, and receipts with it.',
  params: z.object({ roomId: RoomId }),
  body: z.object({
    'm.fully_read': EventId.optional(),
    'm.read': EventId.optional(),
    'm.read.private': EventId.optional(),
  }),
});
