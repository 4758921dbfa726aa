import { z } from 'zod';
import { operation } from '../operation.ts';
import { KeyId, PublicKey } from './sealed.ts';

/** The key to which identities are sealed. Its private half is made, kept and used by reviewers, never by the server. */
export const ReviewersKey = z.object({
  kid: KeyId,
  public_key: PublicKey,
  /** What people compare, aloud or on paper. */
  fingerprint: z.string(),
  /** Milliseconds since the epoch. */
  registered_at: z.int(),
});
export type ReviewersKey = z.output<typeof ReviewersKey>;

/** The server derives the key's id and fingerprint itself; `kid` is refused when it is not the same. */
export const registerReviewersKey = operation({
  method: 'PUT',
  paths: ['/_byline/v1/reviewers-key'],
  auth: 'required',
  limit: 'write',
  summary: 'Register the key to which identities are sealed from now on (administrators and reviewers)',
  body: z.object({ public_key: PublicKey, kid: KeyId.optional() }),
  answer: ReviewersKey,
});

export const getReviewersKey = operation({
  method: 'GET',
  paths: ['/_byline/v1/reviewers-key'],
  auth: 'required',
  limit: 'read',
  summary: 'Read the key to which an identity is to be sealed; BYLINE_NO_REVIEWERS_KEY while there is none',
  answer: ReviewersKey,
});
