import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

const MOST_CREATORS = 100;

/** Specification, client-server API: "Room Upgrades". */
export const upgradeRoom = operation({
  method: 'POST',
  paths: clientPaths('/rooms/:roomId/upgrade'),
  auth: 'required',
  limit: 'write',
  summary: 'Replace a room by one of another version',
  params: z.object({ roomId: RoomId }),
  body: z.object({
    new_version: z.string(),
    additional_creators: z
      .array(UserId)
      .max(MOST_CREATORS, { error: `a room may have at most ${MOST_CREATORS} more creators` })
      .default([]),
  }),
  answer: z.object({ replacement_room: RoomId }),
});
