import { z } from 'zod';
import { operation } from '../operation.ts';
import { IdentityRequired } from './identity-required.ts';

/** What somebody may do here, and if something is in the way, what and what to do about it. */
export const Standing = z.object({
  verified: z.boolean(),
  may_talk: z.boolean(),
  /** The policy that holds now. */
  identity_required: IdentityRequired,
  /** Until when one may talk without being verified, in milliseconds since the epoch; absent: there is no such end. */
  grace_until: z.int().optional(),
  /** Why not; absent when nothing is in the way. */
  why: z.string().optional(),
  to_do: z.enum(['apply', 'continue', 'wait', 'correct']).optional(),
  /** Where it is done. */
  apply_url: z.url().optional(),
});
export type Standing = z.output<typeof Standing>;

export const getIdentityStanding = operation({
  method: 'GET',
  paths: ['/_byline/v1/identity/standing'],
  auth: 'required',
  limit: 'read',
  summary: 'Ask whether one is verified, may talk, and what to do if not',
  answer: Standing,
});
