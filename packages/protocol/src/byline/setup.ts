import { z } from 'zod';
import { operation } from '../operation.ts';
import { StaffRole } from './staff-role.ts';

export const setUp = operation({
  method: 'POST',
  paths: ['/_byline/v1/setup'],
  auth: 'required',
  limit: 'sign-in',
  summary: 'Become the first administrator, by the token of the one-time link',
  body: z.object({ token: z.string().max(200) }),
  answer: z.object({ roles: z.array(StaffRole) }),
});
