import { z } from 'zod';
import { UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';

/** How somebody is seen (specification, client-server API: "Presence"). */
export const PresenceState = z.enum(['online', 'unavailable', 'offline']);
export type PresenceState = z.output<typeof PresenceState>;

const status = { paths: clientPaths('/presence/:userId/status'), params: z.object({ userId: UserId }) };

export const setPresence = operation({
  ...status,
  method: 'PUT',
  auth: 'required',
  limit: 'write',
  summary: 'Tell how one wants to be seen',
  body: z.object({ presence: PresenceState, status_msg: text(1_000).nullish() }),
});

export const getPresence = operation({
  ...status,
  method: 'GET',
  auth: 'required',
  limit: 'read',
  summary: 'Read whether somebody is there',
  answer: z.object({
    presence: PresenceState,
    /** Milliseconds. */
    last_active_ago: z.int().nonnegative().optional(),
    currently_active: z.boolean().optional(),
    status_msg: z.string().optional(),
  }),
});
