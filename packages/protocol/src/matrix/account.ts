import { z } from 'zod';
import { DeviceId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { AuthenticationData } from './user-interactive-auth.ts';

export const whoAmI = operation({
  method: 'GET',
  paths: clientPaths('/account/whoami'),
  auth: 'required',
  limit: 'read',
  summary: 'Ask whose access token this is',
  answer: z.object({ user_id: UserId, device_id: DeviceId, is_guest: z.boolean() }),
});

export const changePassword = operation({
  method: 'POST',
  paths: clientPaths('/account/password'),
  auth: 'required',
  limit: 'sign-in',
  summary: 'Change the password',
  body: z.object({
    auth: AuthenticationData.optional(),
    new_password: z.string().max(1_024).optional(),
    logout_devices: z.boolean().optional(),
  }),
});

export const deactivateAccount = operation({
  method: 'POST',
  paths: clientPaths('/account/deactivate'),
  auth: 'required',
  limit: 'sign-in',
  summary: 'Close the account for good',
  body: z.object({ auth: AuthenticationData.optional(), erase: z.boolean().optional() }),
  answer: z.object({ id_server_unbind_result: z.string() }),
});

/** There are none: Byline knows people by what a reviewer checked, not by addresses. */
export const thirdPartyIdentifiers = operation({
  method: 'GET',
  paths: clientPaths('/account/3pid'),
  auth: 'required',
  limit: 'read',
  summary: 'List the e-mail addresses and phone numbers of the account',
  answer: z.object({ threepids: z.array(z.never()) }),
});
