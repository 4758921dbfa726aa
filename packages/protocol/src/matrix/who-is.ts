import { z } from 'zod';
import { DeviceId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/**
 * Specification, client-server API: "Server administration". Neither `ip` nor `user_agent` is ever told, because neither is kept
 * (see `Device`).
 */
const Connection = z.object({ last_seen: z.int() });

export const whoIs = operation({
  method: 'GET',
  paths: clientPaths('/admin/whois/:userId'),
  auth: 'required',
  limit: 'read',
  summary: 'Read when devices of the caller, or for administrators of anybody, were last seen',
  params: z.object({ userId: UserId }),
  answer: z.object({
    user_id: UserId,
    devices: z.record(DeviceId, z.object({ sessions: z.array(z.object({ connections: z.array(Connection) })) })),
  }),
});
