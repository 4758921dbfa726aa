import { labelProblem } from '@byline/core/identity/labels.ts';
import { DomainError } from '@byline/protocol';
import type { SubjectKind } from '@byline/protocol/byline/identity.ts';
import { type LabelId, LABELS } from '@byline/protocol/byline/labels.ts';
import type { EvidenceRow } from './tables.ts';

/**
 * Throws unless a label can be granted to such a subject with what is in the case: `M_INVALID_PARAM` when such a subject
 * can't have it, `BYLINE_LABEL_UNPROVEN` (with the piece that is lacking as `evidence`).
 */
export const requireProven = (
  label: LabelId,
  kind: SubjectKind | undefined,
  evidence: readonly Pick<EvidenceRow, 'piece'>[],
): void => {
  if (kind === undefined) throw new DomainError('M_INVALID_PARAM', 'Only a public account has a label.');
  const { texts, evidence: piece } = LABELS[label];
  const problem = labelProblem(label, { kind, evidence: evidence.map((one) => one.piece) });
  if (problem === 'kind')
    throw new DomainError('M_INVALID_PARAM', `Such a publisher can't have the label "${texts.en.name}".`, { label });
  if (problem === 'evidence')
    throw new DomainError(
      'BYLINE_LABEL_UNPROVEN',
      `The label "${texts.en.name}" needs evidence of its own, which is not in this case: ${texts.en.evidence}. Please ask for it.`,
      { label, evidence: piece },
    );
};
