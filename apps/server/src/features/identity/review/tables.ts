import type { Awaited } from '@byline/core/identity/application-state.ts';
import type { Stage } from '@byline/core/identity/review-rules.ts';
import type { UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import type { IdentityTables } from '../tables.ts';

/** An application that was sent, as the reviewers work on it. Who holds it stands in the application. */
export interface ReviewCaseRow {
  application_id: ApplicationId;
  /** `null`: it was decided or taken back. Follows the state of the application (`ApplicationStore.update`). */
  waits_for: Awaited | null;
  category: QueueCategory;
  /** When it was first sent: its place in the queue. */
  submitted_at: number;
  due_at: number;
  /** When the applicant was asked what they have not answered yet: the clock of the case stands still. */
  asked_at: number | null;
  stage: Stage;
  /** JSON of a `Proposal`. */
  proposal: string | null;
  appealed_at: number | null;
  appeal_reason: string | null;
  paused_by: UserId | null;
  /** The application that was made from it after a refusal. */
  corrected_by: ApplicationId | null;
  /** When what is still sealed in it is destroyed. */
  keep_until: number | null;
}

export interface CaseMessageRow {
  application_id: ApplicationId;
  number: number;
  at: number;
  role: 'applicant' | 'reviewer';
  actor: UserId;
  template: TemplateId | null;
  text: string | null;
  /** JSON of a `Sealed`. */
  sealed: string | null;
}

export interface CaseNoteRow {
  application_id: ApplicationId;
  number: number;
  at: number;
  author: UserId;
  text: string;
}

interface CaseWordRow {
  word: string;
  application_id: ApplicationId;
}

export type ReviewTables = IdentityTables & {
  review_cases: ReviewCaseRow;
  case_messages: CaseMessageRow;
  case_notes: CaseNoteRow;
  case_words: CaseWordRow;
};
