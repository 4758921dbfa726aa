import { z } from 'zod';
import { RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { RoomEvent } from './room-event.ts';
import { Token } from './token.ts';

const MOST_NOTIFICATIONS = 100;

/** What one was notified of, or would have been (specification, client-server API: "Listing Notifications"). */
export const listNotifications = operation({
  method: 'GET',
  auth: 'required',
  limit: 'read',
  paths: clientPaths('/notifications'),
  summary: 'Read what one was notified of, the newest first',
  query: z.object({
    from: Token.optional(),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .default(20)
      .transform((wanted) => Math.min(wanted, MOST_NOTIFICATIONS)),
    /** `highlight`: only what was to stand out. Anything else is passed over. */
    only: z.string().optional(),
  }),
  answer: z.object({
    notifications: z.array(
      z.object({
        actions: z.array(z.unknown()).readonly(),
        event: RoomEvent,
        read: z.boolean(),
        room_id: RoomId,
        ts: z.int(),
      }),
    ),
    next_token: z.string().optional(),
  }),
});
