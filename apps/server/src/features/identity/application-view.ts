import { missingFields } from '@byline/core/identity/requirements.ts';
import type { Application, Evidence, SealedIdentity, Step } from '@byline/protocol/byline/applications.ts';
import type { ApplicationId, PublicDraft } from '@byline/protocol/byline/identity.ts';
import type { CaseMessage, Progress } from '@byline/protocol/byline/progress.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import { saidByTemplate } from './review/templates.ts';
import type { ApplicationRow, EvidenceRow, StepRow } from './tables.ts';
import type { ShownWay } from './verification/shown-ways.ts';

/** What was stored is JSON that was parsed when it came. */
export const publicOf = (row: Pick<ApplicationRow, 'public'>): PublicDraft => JSON.parse(row.public) as PublicDraft;

/** `sealed_for`: the refused application for which it was sealed; absent: the one that it is in. */
export type KeptIdentity = SealedIdentity & { readonly sealed_for?: ApplicationId };

export const sealedOf = (row: Pick<ApplicationRow, 'sealed'>): KeptIdentity | null =>
  row.sealed === null ? null : (JSON.parse(row.sealed) as KeptIdentity);

export const evidenceOf = ({ evidence_id, piece, kid, size, uploaded_at, sealed_for }: EvidenceRow): Evidence => ({
  id: evidence_id,
  piece,
  kid,
  size,
  uploaded_at,
  ...(sealed_for == null ? {} : { sealed_for }),
});

export const stepOf = ({ at, role, state, reason, action, template }: StepRow): Step => ({
  at,
  by: role,
  state,
  ...(action == null ? {} : { action }),
  ...(template == null ? {} : { template: saidByTemplate(template) }),
  ...(reason === null ? {} : { reason }),
});

/** What an application still lacks. What was sealed to an earlier key must be sealed again, so it is lacking too. */
export const missingIn = (
  row: ApplicationRow,
  evidence: readonly EvidenceRow[],
  kid: KeyId | undefined,
  way: ShownWay,
): string[] => {
  const identity = sealedOf(row);
  return missingFields(row.purpose, {
    public: publicOf(row),
    identity: identity !== null && (kid === undefined || identity.sealed.kid === kid) ? identity.fields : [],
    evidence: evidence.filter((one) => kid === undefined || one.kid === kid).map(({ piece }) => piece),
    way,
  });
};

/** What reviewers say to each other before a decision stands is not for the applicant. */
const AMONG_REVIEWERS: ReadonlySet<StepRow['action']> = new Set(['proposed', 'sent-back']);

const toApplicant = (step: StepRow): Step =>
  stepOf(AMONG_REVIEWERS.has(step.action) ? { ...step, reason: null, template: null } : step);

/** How the reviewers work on an application, as far as the applicant reads it. */
export interface WorkedOn {
  readonly progress: Progress;
  readonly messages: CaseMessage[];
}

/** An application as its applicant reads it. */
export const applicationOf = (
  row: ApplicationRow,
  evidence: readonly EvidenceRow[],
  steps: readonly StepRow[],
  kid: KeyId | undefined,
  way: ShownWay,
  { progress, messages }: WorkedOn,
): Application => {
  const identity = sealedOf(row);
  const canChange = row.state === 'draft' || row.state === 'changes-asked';
  return {
    id: row.application_id,
    purpose: row.purpose,
    state: row.state,
    created_at: row.created_at,
    updated_at: row.updated_at,
    public: publicOf(row),
    identity:
      identity === null
        ? null
        : { kid: identity.sealed.kid, fields: identity.fields, sealed_at: row.sealed_at ?? row.updated_at },
    evidence: evidence.map(evidenceOf),
    missing: canChange ? missingIn(row, evidence, kid, way) : [],
    progress,
    messages,
    history: steps.map(toApplicant),
  };
};
