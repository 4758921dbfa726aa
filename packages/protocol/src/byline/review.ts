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
import { CaseMessage, LONGEST_QUESTION, QueueCategory, SaidByTemplate } from './progress.ts';
import { TemplateId, templateOf } from './reason-templates.ts';
import { Sealed } from './sealed.ts';

/** Who has a case open, and until when it is theirs (milliseconds since the epoch). */
const Holder = z.object({ user_id: UserId, until: z.int() });

/** Why the caller may not take a case: it concerns them, or they had a part in it that bars them. */
const BARS = ['own', 'proposed', 'was-second', 'decided-before'] as const;

/** A case as it stands in the queue. Times are milliseconds since the epoch. */
export const QueuedCase = z.object({
  id: ApplicationId,
  purpose: z.enum(PURPOSES),
  state: ApplicationState,
  public: PublicDraft,
  category: QueueCategory,
  submitted_at: z.int(),
  due_at: z.int(),
  /** `second`: an approval was proposed, and waits for another reviewer. */
  stage: z.enum(['first', 'second']),
  appealed: z.boolean(),
  /** Who put it aside, with a note; it keeps its place. */
  paused_by: UserId.nullable(),
  holder: Holder.nullable(),
  /** Whether it concerns the caller, who then may not review it. */
  own: z.boolean(),
  /** Why the caller may not take it; `null`: they may. */
  bar: z.enum(BARS).nullable(),
});
export type QueuedCase = z.output<typeof QueuedCase>;

/** What a reviewer asks or the applicant answers, as reviewers read it. */
const MessageOfCase = CaseMessage.extend({
  /** An answer: only for who holds the case. */
  sealed: Sealed.optional(),
});

/** A note of a reviewer for themselves or for the next. The applicant does not read it. */
const Note = z.object({ at: z.int(), by: UserId, text: z.string() });

/** What a first reviewer would decide. */
const Proposal = z.object({
  by: UserId,
  at: z.int(),
  template: SaidByTemplate.optional(),
  reason: z.string(),
  category: Category.optional(),
  label: LabelId.optional(),
  expires: z.int().optional(),
});

/** A case as a reviewer reads it. */
export const Case = QueuedCase.extend({
  applicant: UserId,
  /** Only for who holds the case. `sealed_for`: the refused application for which it was sealed; absent: this one. */
  identity: SealedIdentity.extend({ sealed_for: ApplicationId.optional() }).nullable(),
  evidence: z.array(Evidence),
  needs_second: z.boolean(),
  proposal: Proposal.nullable(),
  /** What the applicant says against a refusal. */
  appeal: z.object({ at: z.int(), reason: z.string() }).nullable(),
  messages: z.array(MessageOfCase),
  notes: z.array(Note),
  history: z.array(Step),
});
export type Case = z.output<typeof Case>;

/** What a reviewer may list. */
const QUEUES = ['waiting', 'mine', 'asked'] as const;
export type QueueName = (typeof QUEUES)[number];

const ofCase = { params: z.object({ id: ApplicationId }) };

export const listReviewQueue = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/queue'],
  auth: 'required',
  limit: 'read',
  summary: 'Read what waits for review, the oldest first (reviewers)',
  query: z.object({
    /** `waiting`: for a reviewer; `mine`: held by the caller; `asked`: for the applicant. */
    which: z.enum(QUEUES).default('waiting'),
    category: QueueCategory.optional(),
    from: z.string().max(200).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
  }),
  answer: z.object({ cases: z.array(QueuedCase), next: z.string().optional() }),
});

export const countReviewQueue = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/counts'],
  auth: 'required',
  limit: 'read',
  summary: 'Count what waits for review, and what of it is overdue, by category (reviewers)',
  answer: z.object({
    waiting: z.int(),
    overdue: z.int(),
    mine: z.int(),
    asked: z.int(),
    categories: z.array(z.object({ category: QueueCategory, waiting: z.int() })),
  }),
});

/** Of the words, each must begin a word of the name or handle. At most 50, the oldest first. */
export const searchCases = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/search'],
  auth: 'required',
  limit: 'read',
  summary: 'Find cases by the name or handle of their public part (reviewers)',
  query: z.object({ q: text(100) }),
  answer: z.object({ cases: z.array(QueuedCase) }),
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

const WithNote = z.object({ note: text(LONGEST_REASON).optional() });

export const pauseCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/pause'],
  auth: 'required',
  limit: 'write',
  summary: 'Put a case aside: it keeps its place, and says to the next what the note says (the reviewer who holds it)',
  ...ofCase,
  body: WithNote,
});

export const handOverCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/hand-over'],
  auth: 'required',
  limit: 'write',
  summary: 'Give a case to another reviewer, who then holds it (the reviewer who holds it)',
  ...ofCase,
  body: WithNote.extend({ to: UserId }),
});

/** The colleagues to whom a case can be handed over. */
export const listReviewers = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/reviewers'],
  auth: 'required',
  limit: 'read',
  summary: 'Read who reviews here (reviewers)',
  answer: z.object({ reviewers: z.array(UserId) }),
});

/** Anybody at the provider may read a question, so it must name nothing private. */
export const askApplicant = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/question'],
  auth: 'required',
  limit: 'write',
  summary: 'Ask the applicant something; the case waits for them (the reviewer who holds it)',
  ...ofCase,
  body: z
    .object({ template: TemplateId.optional(), text: text(LONGEST_QUESTION).default('') })
    .refine(({ template, text: asked }) => template !== undefined || asked.trim() !== '', {
      error: 'must ask something',
    })
    .refine(({ template }) => template === undefined || templateOf(template).for.includes('question'), {
      error: 'this template is no question',
    }),
});

/** What a reviewer decides. The applicant reads the template in their language, and the reason. */
export const Decision = z
  .object({
    decision: z.enum(['approve', 'ask-for-changes', 'refuse']),
    template: TemplateId.optional(),
    reason: text(LONGEST_REASON).default(''),
    /** Of an approval: the category, where it is another than the applicant's. */
    category: Category.optional(),
    /** Of an approval: what readers may rely on; its piece of evidence must be in the case. */
    label: LabelId.optional(),
    /** Of an approval: until when, in milliseconds since the epoch; one year when absent. */
    expires: z.int().optional(),
    /** Of an approval, once custody is set up: the identity, sealed to the custodians. */
    standing: StandingRecord.optional(),
  })
  .refine(({ template, reason }) => template !== undefined || reason.trim() !== '', { error: 'must say why' })
  .refine(({ decision, template }) => template === undefined || templateOf(template).for.includes(decision), {
    error: 'this template is for another decision',
  })
  .refine(
    ({ decision, category, label, expires }) => decision === 'approve' || (category ?? label ?? expires) === undefined,
    {
      error: '"category", "label" and "expires" belong to an approval',
    },
  );
export type Decision = z.output<typeof Decision>;

/** Where an approval needs two reviewers, the first one's is a proposal: the case goes on to `second`. */
export const decideCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/decision'],
  auth: 'required',
  limit: 'write',
  summary: 'Approve, ask for changes, or refuse (the reviewer who holds the case)',
  ...ofCase,
  body: Decision,
  answer: z.object({ state: ApplicationState, stage: z.enum(['first', 'second']) }),
});

export const confirmCase = operation({
  method: 'POST',
  paths: ['/_byline/v1/review/cases/:id/second'],
  auth: 'required',
  limit: 'write',
  summary: 'Confirm a proposed approval, or send it back to the first stage (the second reviewer, who holds the case)',
  ...ofCase,
  body: z
    .object({
      verdict: z.enum(['confirm', 'send-back']),
      reason: text(LONGEST_REASON).default(''),
      /** Of a confirmation, once custody is set up: the identity, sealed to the custodians. */
      standing: StandingRecord.optional(),
    })
    .refine(({ verdict, reason }) => verdict === 'confirm' || reason.trim() !== '', { error: 'must say why' }),
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
