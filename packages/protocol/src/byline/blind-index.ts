import { z } from 'zod';
import { operation } from '../operation.ts';
import { ApplicationId, ApplicationState, PURPOSES } from './identity.ts';

const bytes = (length: number) =>
  z
    .string()
    .length(Math.ceil((length * 4) / 3))
    .regex(/^[A-Za-z0-9_-]+$/, { error: 'must be URL-safe base64 without padding' });

/** An element of ristretto255. */
const Element = bytes(32);

/**
 * The index of a document: the same for the same country, kind and number, and unlike anything else. It is made by the
 * server's key, which never sees the number (docs/adr/0004).
 */
export const BlindIndex = bytes(32).brand<'blind index'>();
export type BlindIndex = z.infer<typeof BlindIndex>;

/** The answer to a blinded question, with the proof that it was made by the published key (RFC 9497, section 3.3.2). */
export const BlindEvaluation = z.object({ evaluated: Element, proof: bytes(64) });
export type BlindEvaluation = z.output<typeof BlindEvaluation>;

const Question = z.object({ blinded: Element });

export const getBlindIndexKey = operation({
  method: 'GET',
  paths: ['/_byline/v1/identity/blind-index/key'],
  auth: 'none',
  limit: 'public',
  summary: 'Read the one public key by which every blind index is made, to hold the server to it',
  answer: z.object({ public_key: Element }),
});

export const evaluateBlindIndex = operation({
  method: 'POST',
  paths: ['/_byline/v1/identity/blind-index'],
  auth: 'required',
  limit: 'blind-index',
  summary: 'Evaluate the blinded number of a document (RFC 9497, VOPRF, ristretto255-SHA512); a few times a day',
  body: Question,
  answer: BlindEvaluation,
});

export const evaluateCaseIndex = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/blind-index'],
  auth: 'required',
  limit: 'blind-index-review',
  summary: 'The same for the reviewer who holds a case and compares its index with what is sealed in it',
  params: z.object({ id: ApplicationId }),
  body: Question,
  answer: BlindEvaluation,
});

/** Another application of the same subject, as far as everybody may read it. */
const OfSameSubject = z.object({
  purpose: z.enum(PURPOSES),
  state: ApplicationState,
  /** Of an application for oneself alone there is none. */
  name: z.string().optional(),
  handle: z.string().optional(),
  same_applicant: z.boolean(),
});
export type OfSameSubject = z.output<typeof OfSameSubject>;

/** What is known of the subject of a case without knowing who it is. */
export const CaseSubject = z.object({
  /** As the applicant's browser gave it; the reviewer's compares. */
  blind_index: BlindIndex,
  /** How many public accounts the subject has beside the one of this case, and how many it may have. */
  accounts: z.int(),
  cap: z.int(),
  /** Everything else that was sent for the same subject, the newest first; at most 50. */
  others: z.array(OfSameSubject),
});
export type CaseSubject = z.output<typeof CaseSubject>;

export const getCaseSubject = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/cases/:id/subject'],
  auth: 'required',
  limit: 'read',
  summary: 'Read what else the same subject has applied for (the reviewer who holds the case)',
  params: z.object({ id: ApplicationId }),
  answer: CaseSubject,
});

export const getReviewTimes = operation({
  method: 'GET',
  paths: ['/_byline/v1/identity/review-times'],
  auth: 'required',
  limit: 'read',
  summary: 'Read how long applicants waited for their last answers; null while there are too few',
  answer: z.object({
    /** Milliseconds from sending to the answer, over the `answers` last ones. */
    measured: z.object({ answers: z.int(), median: z.int(), ninetieth: z.int() }).nullable(),
  }),
});
