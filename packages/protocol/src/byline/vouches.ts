import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { HandleInPath } from './accounts.ts';
import { LONGEST_REASON } from './identity.ts';
import { VouchId } from './verification.ts';

const VOUCH_STATES = ['open', 'expired', 'presented', 'standing', 'withdrawn'] as const;

/** The word of a verified organisation for one of its own offices. Times are milliseconds since the epoch. */
export const Vouch = z.object({
  id: VouchId,
  /** `presented`: with an application that is not approved; `standing`: an account is verified by it. */
  state: z.enum(VOUCH_STATES),
  made_by: UserId,
  made_at: z.int(),
  /** Until when it can be presented. */
  expires: z.int(),
  /** For whom; absent: for who has the code. */
  for: UserId.optional(),
  presented_by: UserId.optional(),
  /** The account that it is for, once that is applied for. */
  account: z.object({ handle: z.string(), name: z.string() }).optional(),
  withdrawn: z.object({ at: z.int(), reason: z.string() }).optional(),
});
export type Vouch = z.output<typeof Vouch>;

const ofAccount = { params: z.object({ handle: HandleInPath }) };

export const makeVouch = operation({
  method: 'POST',
  paths: ['/_byline/v1/accounts/:handle/vouches'],
  auth: 'required',
  limit: 'write',
  summary: 'Answer for an office of a verified organisation (its operators); the code is shown this once',
  ...ofAccount,
  /** Absent: for who is handed the code. */
  body: z.object({ for: UserId.optional() }),
  answer: z.object({ vouch: Vouch, code: z.string().optional() }),
});

export const listVouches = operation({
  method: 'GET',
  paths: ['/_byline/v1/accounts/:handle/vouches'],
  auth: 'required',
  limit: 'read',
  summary: 'Read for whom an organisation answers, the newest first (its operators)',
  ...ofAccount,
  answer: z.object({ vouches: z.array(Vouch) }),
});

export const withdrawVouch = operation({
  method: 'POST',
  paths: ['/_byline/v1/accounts/:handle/vouches/:id/withdraw'],
  auth: 'required',
  limit: 'write',
  summary: 'Answer for somebody no longer: what was verified by it can not publish from the next request on',
  params: z.object({ handle: HandleInPath, id: VouchId }),
  body: z.object({
    reason: text(LONGEST_REASON).refine((reason) => reason.trim() !== '', { error: 'must say why' }),
  }),
  answer: Vouch,
});

export const listVouchesForMe = operation({
  method: 'GET',
  paths: ['/_byline/v1/verification/vouches'],
  auth: 'required',
  limit: 'read',
  summary: 'Read which organisations offer to answer for one',
  answer: z.object({
    vouches: z.array(
      z.object({ id: VouchId, handle: z.string(), name: z.string(), made_at: z.int(), expires: z.int() }),
    ),
  }),
});
