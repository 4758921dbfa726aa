import type { EvidencePiece, SubjectKind } from '@byline/protocol/byline/identity.ts';
import { LABEL_IDS, type LabelId, LABELS } from '@byline/protocol/byline/labels.ts';

/** The labels that a subject of some kind can have. */
export const labelsFor = (kind: SubjectKind): LabelId[] => LABEL_IDS.filter((id) => LABELS[id].kinds.includes(kind));

/** Why a label can't be granted: such a subject can't have it, or what it needs is not in the case; `undefined`: it can. */
export const labelProblem = (
  label: LabelId,
  { kind, evidence }: { readonly kind: SubjectKind; readonly evidence: readonly EvidencePiece[] },
): 'kind' | 'evidence' | undefined => {
  if (!LABELS[label].kinds.includes(kind)) return 'kind';
  return evidence.includes(LABELS[label].evidence) ? undefined : 'evidence';
};
