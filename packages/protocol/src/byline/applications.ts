import { z } from 'zod';
import { operation } from '../operation.ts';
import { BlindIndex } from './blind-index.ts';
import {
  ApplicationId,
  ApplicationState,
  EvidenceId,
  EvidencePiece,
  IDENTITY_FIELDS,
  PublicDraft,
  PURPOSES,
  SEALED_SCHEMA,
} from './identity.ts';
import { CaseMessage, Progress, SaidByTemplate, StepAction } from './progress.ts';
import { KeyId, Sealed } from './sealed.ts';

const IdentityField = z.enum(IDENTITY_FIELDS);

/** A `LegalIdentity` as it travels: which fields are in it is said, what they say is not. */
export const SealedIdentity = z.object({
  schema: z.literal(SEALED_SCHEMA),
  fields: z.array(IdentityField).min(1).max(IDENTITY_FIELDS.length),
  sealed: Sealed,
});
export type SealedIdentity = z.output<typeof SealedIdentity>;

/** A sealed picture, as far as the server knows it. */
export const Evidence = z.object({
  id: EvidenceId,
  piece: EvidencePiece,
  kid: KeyId,
  /** In bytes, sealed. */
  size: z.int(),
  /** The refused application for which it was sealed, from which it was taken over; absent: this one. */
  sealed_for: ApplicationId.optional(),
  uploaded_at: z.int(),
});
export type Evidence = z.output<typeof Evidence>;

/** What was done with an application. Reviewers are named by their role alone. */
export const Step = z.object({
  at: z.int(),
  /** `server`: it was done when its time had come. */
  by: z.enum(['applicant', 'reviewer', 'server']),
  state: ApplicationState,
  action: StepAction.optional(),
  template: SaidByTemplate.optional(),
  reason: z.string().optional(),
});
export type Step = z.output<typeof Step>;

/** One's own application. Times are milliseconds since the epoch. */
export const Application = z.object({
  id: ApplicationId,
  purpose: z.enum(PURPOSES),
  state: ApplicationState,
  created_at: z.int(),
  updated_at: z.int(),
  public: PublicDraft,
  /** What is sealed in it; `null`: nothing yet. */
  identity: z.object({ kid: KeyId, fields: z.array(IdentityField), sealed_at: z.int() }).nullable(),
  evidence: z.array(Evidence),
  /** What is not there yet, such as `name`, `identity.legal_name` or `evidence.document-front`. */
  missing: z.array(z.string()),
  progress: Progress,
  /** Questions of the reviewers, and that they were answered; the oldest first. */
  messages: z.array(CaseMessage),
  /** Oldest first. */
  history: z.array(Step),
});
export type Application = z.output<typeof Application>;

const own = { params: z.object({ id: ApplicationId }) };

export const createApplication = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications'],
  auth: 'required',
  limit: 'write',
  summary: 'Begin an application: its id is needed to seal anything for it',
  body: z.object({ purpose: z.enum(PURPOSES), public: PublicDraft.default({}) }),
  answer: Application,
});

export const listApplications = operation({
  method: 'GET',
  paths: ['/_byline/v1/applications'],
  auth: 'required',
  limit: 'read',
  summary: "Read one's own applications, the newest first",
  answer: z.object({ applications: z.array(Application) }),
});

export const getApplication = operation({
  method: 'GET',
  paths: ['/_byline/v1/applications/:id'],
  auth: 'required',
  limit: 'read',
  summary: "Read one's own application",
  ...own,
  answer: Application,
});

export const saveApplication = operation({
  method: 'PUT',
  paths: ['/_byline/v1/applications/:id'],
  auth: 'required',
  limit: 'write',
  summary: 'Save what is given of an application; what is left out stays as it was',
  ...own,
  body: z.object({
    public: PublicDraft.optional(),
    /** With the blind index of the document that is named in it. */
    identity: SealedIdentity.extend({ blind_index: BlindIndex }).optional(),
  }),
  answer: Application,
});

/** The body is what `sealBytes` made of the picture. Another upload of the same piece takes its place. */
export const uploadEvidence = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/evidence'],
  auth: 'required',
  limit: 'upload',
  summary: 'Upload a sealed picture of the document',
  ...own,
  query: z.object({ piece: EvidencePiece, kid: KeyId }),
  answer: Evidence,
});

export const deleteEvidence = operation({
  method: 'DELETE',
  paths: ['/_byline/v1/applications/:id/evidence/:evidenceId'],
  auth: 'required',
  limit: 'write',
  summary: 'Delete a sealed picture that was not sent for review yet',
  params: z.object({ id: ApplicationId, evidenceId: EvidenceId }),
});

export const submitApplication = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/submit'],
  auth: 'required',
  limit: 'apply',
  summary: 'Send an application for review, the first time or after changes',
  ...own,
  answer: Application,
});

export const withdrawApplication = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/withdraw'],
  auth: 'required',
  limit: 'write',
  summary: 'Take an application back; what was sealed in it is deleted',
  ...own,
  answer: Application,
});
