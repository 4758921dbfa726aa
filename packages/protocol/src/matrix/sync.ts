import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { SyncToken } from './token.ts';

/** How a user is seen because of a request for news (specification: "Presence"). What it can't be is as if it were not said. */
const SetPresence = z.enum(['online', 'unavailable', 'offline']).default('online').catch('online');
export type SetPresence = z.output<typeof SetPresence>;

const Flag = z.enum(['true', 'false']).default('false');

/** `GET /sync` (specification, client-server API: "Syncing"). */
export const sync = operation({
  method: 'GET',
  paths: clientPaths('/sync'),
  auth: 'required',
  limit: 'sync',
  summary: 'Tells a device what is new since its token, waiting for it if need be.',
  query: z.object({
    /** The id of a stored filter, or a filter as JSON. */
    filter: z.string().optional(),
    since: SyncToken.optional(),
    full_state: Flag,
    /** Whether the state that is told is that after the timeline, and not that before it. */
    use_state_after: Flag,
    /** The same under its first name (MSC4222), which matrix-js-sdk uses. */
    'org.matrix.msc4222.use_state_after': Flag,
    set_presence: SetPresence,
    /** How many milliseconds to wait for news. */
    timeout: z.coerce.number().int().nonnegative().default(0),
  }),
  answer: z.looseObject({ next_batch: z.string(), rooms: JsonObject.optional() }),
});
