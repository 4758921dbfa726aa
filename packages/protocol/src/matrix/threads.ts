import { z } from 'zod';
import { RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { RoomEvent } from './room-event.ts';
import { Token } from './token.ts';

const MOST_THREADS = 100;

/** The threads of a room (specification, client-server API: "Querying threads in a room"). */
export const roomThreads = operation({
  method: 'GET',
  auth: 'required',
  limit: 'read',
  paths: clientPaths('/rooms/:roomId/threads', ['v1']),
  summary: 'Read the threads of a room, the one with the newest event first',
  params: z.object({ roomId: RoomId }),
  query: z.object({
    include: z.enum(['all', 'participated']).default('all'),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(20)
      .transform((wanted) => Math.min(wanted, MOST_THREADS)),
    from: Token.optional(),
  }),
  answer: z.object({ chunk: z.array(RoomEvent), next_batch: z.string().optional() }),
});
