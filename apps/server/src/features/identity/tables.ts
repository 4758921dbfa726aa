import type { UserId } from '@byline/protocol';
import type { Step } from '@byline/protocol/byline/applications.ts';
import type {
  ApplicationId,
  ApplicationState,
  EvidenceId,
  EvidencePiece,
  Purpose,
} from '@byline/protocol/byline/identity.ts';
import type { StepAction } from '@byline/protocol/byline/progress.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';

export interface ReviewersKeyRow {
  kid: KeyId;
  public_key: string;
  fingerprint: string;
  /** The highest is the key to which things are sealed now. */
  number: number;
  registered_by: UserId;
  registered_at: number;
}

export interface ApplicationRow {
  application_id: ApplicationId;
  purpose: Purpose;
  applicant: UserId;
  state: ApplicationState;
  /** JSON of a `PublicDraft`. */
  public: string;
  /** JSON of a `SealedIdentity`. */
  sealed: string | null;
  sealed_at: number | null;
  /** The public account that it is for, since it was first sent. */
  account_id: string | null;
  created_at: number;
  updated_at: number;
  /** When it was first sent: nobody loses their place by putting something right. */
  submitted_at: number | null;
  holder: UserId | null;
  held_until: number | null;
}

export interface StepRow {
  application_id: ApplicationId;
  number: number;
  at: number;
  role: Step['by'];
  /** Who did it. The applicant reads the role alone. */
  actor: UserId | 'server';
  state: ApplicationState;
  reason: string | null;
  action?: StepAction | null;
  template?: TemplateId | null;
}

export interface EvidenceRow {
  evidence_id: EvidenceId;
  application_id: ApplicationId;
  piece: EvidencePiece;
  kid: KeyId;
  blob_id: string;
  size: number;
  uploaded_at: number;
  /** 1: its blob is to be deleted, and nobody reads it any more. */
  discarded: number;
  /** The application for which it was sealed, if that is another one. */
  sealed_for?: ApplicationId | null;
}

/** An identity that a reviewer approved, still sealed. */
export interface IdentityRow {
  application_id: ApplicationId;
  user_id: UserId;
  /** To the reviewers' key; `null`: custodians hold it (custody/). */
  sealed: string | null;
  approved_at: number;
}

export type IdentityTables = {
  reviewers_keys: ReviewersKeyRow;
  applications: ApplicationRow;
  application_steps: StepRow;
  evidence: EvidenceRow;
  identities: IdentityRow;
};
