import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { IdentityRequired } from './identity-required.ts';
import { StaffRole } from './staff-role.ts';

export const getMe = operation({
  method: 'GET',
  paths: ['/_byline/v1/me'],
  auth: 'required',
  limit: 'read',
  summary: 'Read what the caller is here',
  answer: z.object({
    user_id: UserId,
    roles: z.array(StaffRole),
    /** The version of the rules that holds, and the newest to which the caller agreed. */
    rules: z.object({ version: z.int(), agreed_version: z.int().optional() }),
    policy: z.object({ 'identity.required': IdentityRequired }),
  }),
});
