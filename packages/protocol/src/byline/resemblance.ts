import { z } from 'zod';
import { MxcUri } from '../ids.ts';
import { operation } from '../operation.ts';
import { ApplicationId } from './identity.ts';

/** Why an account can be taken for that of a case. */
const LookAlikeReason = z.discriminatedUnion('what', [
  /** `same-look`: nobody could tell them apart at a glance; `one-edit`: one character is another, lacks or was added. */
  z.object({ what: z.literal('handle'), how: z.enum(['same-look', 'one-edit']) }),
  z.object({ what: z.literal('name'), how: z.enum(['same-look', 'one-edit']) }),
  /** In how many of the 64 bits of their likeness the pictures differ. */
  z.object({ what: z.literal('picture'), distance: z.int() }),
]);

/** An account, or one that is applied for, that looks like that of a case. */
export const LookAlike = z.object({
  handle: z.string(),
  name: z.string(),
  picture: MxcUri.nullable(),
  /** Whether it was verified; else somebody applies for it. */
  verified: z.boolean(),
  reasons: z.array(LookAlikeReason),
});
export type LookAlike = z.output<typeof LookAlike>;

export const LookAlikes = z.object({
  /** Scripts that the name mixes though no writing does, such as Latin and Cyrillic; empty: it mixes none. */
  mixed_scripts: z.array(z.string()),
  /** What is most alike first. */
  look_alikes: z.array(LookAlike),
});
export type LookAlikes = z.output<typeof LookAlikes>;

export const getLookAlikes = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/cases/:id/look-alikes'],
  auth: 'required',
  limit: 'read',
  summary: 'Read what looks like the account of a case: handles, names and pictures (reviewers)',
  params: z.object({ id: ApplicationId }),
  answer: LookAlikes,
});
