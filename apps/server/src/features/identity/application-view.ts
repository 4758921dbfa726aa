import { missingFields } from '@byline/core/identity/requirements.ts';
import type { Application, Evidence, SealedIdentity, Step } from '@byline/protocol/byline/applications.ts';
import type { PublicDraft } from '@byline/protocol/byline/identity.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import type { ApplicationRow, EvidenceRow, StepRow } from './tables.ts';
import type { ShownWay } from './verification/shown-ways.ts';

/** What was stored is JSON that was parsed when it came. */
export const publicOf = (row: Pick<ApplicationRow, 'public'>): PublicDraft => JSON.parse(row.public) as PublicDraft;

export const sealedOf = (row: Pick<ApplicationRow, 'sealed'>): SealedIdentity | null =>
  row.sealed === null ? null : (JSON.parse(row.sealed) as SealedIdentity);

export const evidenceOf = ({ evidence_id, piece, kid, size, uploaded_at }: EvidenceRow): Evidence => ({
  id: evidence_id,
  piece,
  kid,
  size,
  uploaded_at,
});

export const stepOf = ({ at, role, state, reason }: StepRow): Step => ({
  at,
  by: role,
  state,
  ...(reason === null ? {} : { reason }),
});

/** What an application still lacks. What was sealed to an earlier key must be sealed again, so it is lacking too. */
export const missingIn = (row: ApplicationRow, evidence: readonly EvidenceRow[], kid: KeyId | undefined, way: ShownWay): string[] => {
  const identity = sealedOf(row);
  return missingFields(row.purpose, {
    public: publicOf(row),
    identity: identity !== null && (kid === undefined || identity.sealed.kid === kid) ? identity.fields : [],
    evidence: evidence.filter((one) => kid === undefined || one.kid === kid).map(({ piece }) => piece),
    way,
  });
};

/** An application as its applicant reads it. */
export const applicationOf = (
  row: ApplicationRow,
  evidence: readonly EvidenceRow[],
  steps: readonly StepRow[],
  kid: KeyId | undefined,
  way: ShownWay,
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
    history: steps.map(stepOf),
  };
};
