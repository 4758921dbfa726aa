import { z } from 'zod';
import { RoomAlias, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { PublishedRoom } from './room-directory.ts';

/** What somebody may see of a room before being in it. */
export const RoomSummaryFields = PublishedRoom.extend({
  allowed_room_ids: z.array(RoomId).optional(),
  encryption: z.string().optional(),
  room_version: z.string(),
});
export type RoomSummaryFields = z.output<typeof RoomSummaryFields>;

/** Where it was before version 1.15 of the specification (MSC3266). */
const EARLIER_PATHS = [
  '/_matrix/client/unstable/im.nheko.summary/summary/:roomIdOrAlias',
  '/_matrix/client/unstable/im.nheko.summary/rooms/:roomIdOrAlias/summary',
];

export const roomSummary = operation({
  method: 'GET',
  paths: [...clientPaths('/room_summary/:roomIdOrAlias', ['v1']), ...EARLIER_PATHS],
  auth: 'optional',
  limit: 'public',
  summary: 'See what a room is before joining it',
  params: z.object({ roomIdOrAlias: z.union([RoomId, RoomAlias], { error: 'not a room id or alias' }) }),
  answer: RoomSummaryFields.extend({
    membership: z.enum(['join', 'invite', 'knock', 'leave', 'ban']).optional(),
  }),
});
