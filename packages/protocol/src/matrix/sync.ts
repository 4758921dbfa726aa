import { z } from 'zod';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { Token } from './token.ts';

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
    since: Token.optional(),
    full_state: z.enum(['true', 'false']).default('false'),
    /** How many milliseconds to wait for news. */
    timeout: z.coerce.number().int().nonnegative().default(0),
  }),
  answer: z.looseObject({ next_batch: z.string(), rooms: JsonObject.optional() }),
});
