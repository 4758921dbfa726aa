import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { Evidence, SealedIdentity, Step } from './applications.ts';
import { StandingRecord } from './custody.ts';
import {
  ApplicationId,
  ApplicationState,
  Category,
  EvidenceId,
  LONGEST_REASON,
  PublicDraft,
  PURPOSES,
} from './identity.ts';
import { LabelId } from './labels.ts';

/** Who has a case open, and until when it is theirs (milliseconds since the epoch). */
const Holder = z.object({ user_id: UserId, until: z.int() });

/** A case as it stands in the queue. */
export const QueuedCase = z.object({
  id: ApplicationId,
  purpose: z.enum(PURPOSES),
  state: ApplicationState,
  public: PublicDraft,
  submitted_at: z.int(),
  holder: Holder.nullable(),
  /** Whether it concerns the caller, who then may not review it. */
  own: z.boolean(),
});
export type QueuedCase = z.output<typeof QueuedCase>;

/** A case as a reviewer reads it. */
export const Case = QueuedCase.extend({
  applicant: UserId,
  /** Only for who holds the case. */
  identity: SealedIdentity.nullable(),
  evidence: z.array(Evidence),
  history: z.array(Step),
});
export type Case = z.output<typeof Case>;

const ofCase = { params: z.object({ id: ApplicationId }) };

export const listReviewQueue = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/queue'],
  auth: 'required',
  limit: 'read',
  summary: 'Read what waits for review, the oldest first (reviewers)',
  query: z.object({
    from: z.string().max(200).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
  }),
  answer: z.object({ cases: z.array(QueuedCase), next: z.string().optional() }),
});

export const getCase = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/cases/:id'],
  auth: 'required',
  limit: 'read',
  summary: 'Read a case (reviewers); what is sealed is given only to who holds it',
  ...ofCase,
  answer: Case,
});

export const claimCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/claim'],
  auth: 'required',
  limit: 'write',
  summary: 'Take a case, or hold it longer (reviewers); BYLINE_CASE_CONFLICT when somebody else has it',
  ...ofCase,
  answer: Case,
});

export const releaseCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/release'],
  auth: 'required',
  limit: 'write',
  summary: 'Give a case back to the queue (reviewers)',
  ...ofCase,
});

/** What a reviewer decides. The applicant reads the reason. */
export const Decision = z
  .object({
    decision: z.enum(['approve', 'ask-for-changes', 'refuse']),
    reason: text(LONGEST_REASON).refine((reason) => reason.trim() !== '', { error: 'must say why' }),
    /** Of an approval: the category, where it is another than the applicant's. */
    category: Category.optional(),
    /** Of an approval: what readers may rely on; its piece of evidence must be in the case. */
    label: LabelId.optional(),
    /** Of an approval: until when, in milliseconds since the epoch; one year when absent. */
    expires: z.int().optional(),
    /** Of an approval, once custody is set up: the identity, sealed to the custodians. */
    standing: StandingRecord.optional(),
  })
  .refine(
    ({ decision, category, label, expires }) => decision === 'approve' || (category ?? label ?? expires) === undefined,
    {
      error: '"category", "label" and "expires" belong to an approval',
    },
  );
export type Decision = z.output<typeof Decision>;

export const decideCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/decision'],
  auth: 'required',
  limit: 'write',
  summary: 'Approve, ask for changes, or refuse (the reviewer who holds the case)',
  ...ofCase,
  body: Decision,
  answer: z.object({ state: ApplicationState }),
});

/** The answer is the sealed bytes. */
export const getCaseEvidence = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/cases/:id/evidence/:evidenceId'],
  auth: 'required',
  limit: 'download',
  summary: 'Read a sealed picture (the reviewer who holds the case)',
  params: z.object({ id: ApplicationId, evidenceId: EvidenceId }),
});
