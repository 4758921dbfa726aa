import { DomainError } from '@byline/protocol';
import { sendReceipt, setReadMarkers } from '@byline/protocol/matrix/receipts.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Receipts } from './service.ts';

/** Serves receipts and read markers. */
export const serveReceipts = (edge: Edge, receipts: Receipts): void => {
  edge.serve(sendReceipt, async ({ caller, params: { roomId, receiptType: type, eventId }, body }) => {
    const threadId = body.thread_id;
    if (type !== 'm.fully_read') {
      await receipts.setMarkers(caller.userId, roomId, {
        fullyRead: undefined,
        receipts: [{ type, eventId, threadId }],
      });
      return {};
    }
    if (threadId !== undefined) {
      throw new DomainError('M_INVALID_PARAM', 'The fully read marker knows no threads.');
    }
    await receipts.setMarkers(caller.userId, roomId, { fullyRead: eventId, receipts: [] });
    return {};
  });

  edge.serve(setReadMarkers, async ({ caller, params, body }) => {
    const wanted = (['m.read', 'm.read.private'] as const).flatMap((type) => {
      const eventId = body[type];
      return eventId === undefined ? [] : [{ type, eventId, threadId: undefined }];
    });
    await receipts.setMarkers(caller.userId, params.roomId, { fullyRead: body['m.fully_read'], receipts: wanted });
    return {};
  });
};
