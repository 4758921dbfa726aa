import { filledFields, missingFields, proves } from '@byline/core/identity/requirements.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import {
  IDENTITY_FIELDS,
  LegalIdentity,
  type PublicDraft,
  type SubjectKind,
} from '@byline/protocol/byline/identity.ts';

/** What is written of a legal identity, kept in this page alone until it is sealed. */
export type TypedIdentity = Partial<Omit<LegalIdentity, 'subject_kind'>>;

/** An application as it is being filled in. */
export interface Filling {
  /** As the server knows it. */
  readonly application: Application;
  /** The public part as it is written now. */
  readonly draft: PublicDraft;
  readonly typed: TypedIdentity;
  /** The kind of publisher for whom the identity was sealed, where this browser knows it. */
  readonly sealedKind: SubjectKind | undefined;
}

/** Who somebody is that applies for themselves alone. */
const PERSON: SubjectKind = 'individual';

export const kindOf = ({ application, draft }: Pick<Filling, 'application' | 'draft'>): SubjectKind =>
  application.purpose === 'personal' ? PERSON : (draft.kind ?? PERSON);

/** Whether what is sealed still holds: it was sealed to the present key, and for this kind of publisher. */
export function isSealed(filling: Filling): boolean {
  const { application, sealedKind } = filling;
  if (application.identity === null) return false;
  if (sealedKind !== undefined && sealedKind !== kindOf(filling)) return false;
  const canChange = application.state === 'draft' || application.state === 'changes-asked';
  return !canChange || !application.missing.some((field) => field.startsWith('identity.'));
}

/** The whole legal identity, once all of it is written; `undefined` until then. */
export function typedIdentity(filling: Filling): LegalIdentity | undefined {
  const kind = kindOf(filling);
  const identity = LegalIdentity.safeParse({ ...trimmed(filling.typed), subject_kind: kind }).data;
  if (identity === undefined || filledFields(identity).length < IDENTITY_FIELDS.length) return undefined;
  return proves(identity.document_kind, kind) ? identity : undefined;
}

/** What is still missing, by the names that the server gives: `name`, `identity.country`, `evidence.document-front`. */
export function missingIn(filling: Filling): readonly string[] {
  const { application, draft } = filling;
  const lost = new Set(application.missing);
  const identity = isSealed(filling) ? (application.identity?.fields ?? []) : writtenFields(filling);
  const evidence = application.evidence.map(({ piece }) => piece).filter((piece) => !lost.has(`evidence.${piece}`));
  return missingFields(application.purpose, { public: draft, identity, evidence });
}

function writtenFields(filling: Filling) {
  const kind = kindOf(filling);
  return filledFields(trimmed(filling.typed)).filter(
    (field) =>
      field !== 'document_kind' ||
      (filling.typed.document_kind !== undefined && proves(filling.typed.document_kind, kind)),
  );
}

const trimmed = (typed: TypedIdentity): TypedIdentity => ({
  ...typed,
  ...(typed.legal_name !== undefined && { legal_name: typed.legal_name.trim() }),
  ...(typed.document_number !== undefined && { document_number: typed.document_number.trim() }),
});
