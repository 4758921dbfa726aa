import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** Typing notifications (specification, client-server API: "Typing Notifications"). */
export const setTyping = operation({
  method: 'PUT',
  paths: clientPaths('/rooms/:roomId/typing/:userId'),
  auth: 'required',
  limit: 'write',
  summary: 'Tells that one is typing, or has stopped.',
  params: z.object({ roomId: RoomId, userId: UserId }),
  body: z.object({
    typing: z.boolean(),
    /** Milliseconds. */
    timeout: z.number().optional(),
  }),
});
