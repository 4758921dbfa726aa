import { z } from 'zod';
import { clientPaths, operation } from '../operation.ts';

const Switch = z.object({ enabled: z.boolean() });

/** Specification, client-server API: "Capabilities negotiation". */
export const getCapabilities = operation({
  method: 'GET',
  paths: clientPaths('/capabilities'),
  auth: 'required',
  limit: 'read',
  summary: 'Read what a client may do here',
  answer: z.object({
    capabilities: z.object({
      'm.room_versions': z.object({ default: z.string(), available: z.record(z.string(), z.string()) }),
      'm.change_password': Switch,
      'm.profile_fields': Switch,
      'm.set_displayname': Switch,
      'm.set_avatar_url': Switch,
      'm.3pid_changes': Switch,
      'm.get_login_token': Switch,
      'm.forget_forced_upon_leave': Switch,
    }),
  }),
});
