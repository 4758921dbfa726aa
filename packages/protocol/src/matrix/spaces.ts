import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { RoomSummaryFields } from './room-summary.ts';

const MOST_ROOMS = 100;
const MOST_ROOMS_BY_DEFAULT = 50;

/** An `m.space.child`, stripped, with its time. */
const SpaceChild = z.object({
  type: z.literal('m.space.child'),
  state_key: z.string(),
  sender: UserId,
  content: JsonObject,
  origin_server_ts: z.int(),
});

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .default('false')
  .transform((value) => value === 'true');

/** Specification, client-server API: "Spaces". The second path is that of MSC2946. */
export const spaceHierarchy = operation({
  method: 'GET',
  paths: [
    ...clientPaths('/rooms/:roomId/hierarchy', ['v1']),
    '/_matrix/client/unstable/org.matrix.msc2946/rooms/:roomId/hierarchy',
  ],
  auth: 'required',
  limit: 'read',
  summary: 'Walk through the rooms of a space',
  params: z.object({ roomId: RoomId }),
  query: z.object({
    suggested_only: flag,
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(MOST_ROOMS_BY_DEFAULT)
      .transform((wanted) => Math.min(wanted, MOST_ROOMS)),
    max_depth: z.coerce.number().int().min(0).optional(),
    from: z.string().optional(),
  }),
  answer: z.object({
    rooms: z.array(RoomSummaryFields.extend({ children_state: z.array(SpaceChild) })),
    next_batch: z.string().optional(),
  }),
});
