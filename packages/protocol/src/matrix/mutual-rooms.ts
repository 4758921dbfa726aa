import { z } from 'zod';
import { RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** Specification, client-server API: "Mutual Rooms". The second path is that of MSC2666, which names the tokens otherwise. */
export const mutualRooms = operation({
  method: 'GET',
  paths: [...clientPaths('/mutual_rooms', ['v1']), '/_matrix/client/unstable/uk.half-shot.msc2666/user/mutual_rooms'],
  auth: 'required',
  limit: 'read',
  summary: 'List the rooms that one shares with somebody',
  /** What is no user id is refused by `M_INVALID_PARAM` (specification), not as a badly formed request. */
  query: z.object({ user_id: z.string(), from: z.string().optional(), batch_token: z.string().optional() }),
  answer: z.object({
    joined: z.array(RoomId),
    count: z.int(),
    next_batch: z.string().optional(),
    next_batch_token: z.string().optional(),
  }),
});
