import { z } from 'zod';
import { EventId, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** The second path is that of MSC3030. */
export const eventByTimestamp = operation({
  method: 'GET',
  paths: [
    ...clientPaths('/rooms/:roomId/timestamp_to_event', ['v1']),
    '/_matrix/client/unstable/org.matrix.msc3030/rooms/:roomId/timestamp_to_event',
  ],
  auth: 'required',
  limit: 'read',
  summary: 'Find the event that is nearest to a time',
  params: z.object({ roomId: RoomId }),
  query: z.object({ ts: z.coerce.number().int(), dir: z.enum(['b', 'f']) }),
  answer: z.object({ event_id: EventId, origin_server_ts: z.int() }),
});
