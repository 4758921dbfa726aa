import type {
  DocumentKind,
  EvidencePiece,
  IdentityField,
  LegalIdentity,
  PublicDraft,
  Purpose,
  SubjectKind,
} from '@byline/protocol/byline/identity.ts';
import { IDENTITY_FIELDS } from '@byline/protocol/byline/identity.ts';
import type { VerificationWay } from '@byline/protocol/byline/verification.ts';
import { evidenceFor } from './ways.ts';

/** What a subject of one kind must show. */
export interface Requirements {
  readonly identity: readonly IdentityField[];
  /** The documents that may prove it; the first is the usual one. */
  readonly documents: readonly DocumentKind[];
  readonly evidence: readonly EvidencePiece[];
}

const EVERY_FIELD = ['legal_name', 'document_kind', 'document_number', 'country'] as const;
const FRONT = ['document-front'] as const;

/** By kind of subject. What a kind must show is changed here and nowhere else. */
export const REQUIREMENTS: Readonly<Record<SubjectKind, Requirements>> = {
  individual: {
    identity: EVERY_FIELD,
    documents: ['identity-card', 'passport', 'residence-permit'],
    evidence: FRONT,
  },
  company: { identity: EVERY_FIELD, documents: ['business-licence', 'register-extract'], evidence: FRONT },
  media: {
    identity: EVERY_FIELD,
    documents: ['press-licence', 'business-licence', 'register-extract'],
    evidence: FRONT,
  },
  government: { identity: EVERY_FIELD, documents: ['official-letter', 'register-extract'], evidence: FRONT },
  other: {
    identity: EVERY_FIELD,
    documents: ['register-extract', 'official-letter', 'business-licence'],
    evidence: FRONT,
  },
};

/** What a public account must say of itself. A picture is welcome, not needed. */
const PUBLIC_FIELDS = ['kind', 'name', 'handle', 'category', 'description'] as const satisfies (keyof PublicDraft)[];

/** An application as far as it is filled in: by whoever has it in the clear, or by whoever knows only what is sealed in it. */
export interface FilledIn {
  readonly public: PublicDraft;
  readonly identity: readonly IdentityField[];
  readonly evidence: readonly EvidencePiece[];
  /** How it is shown to be true; absent: by documents. `none`: these are not taken, and nothing else was shown yet. */
  readonly way?: VerificationWay | 'none';
}

/** What is still missing, such as `name`, `identity.legal_name`, `evidence.document-front` or `verification`; nothing: it may be sent. */
export const missingFields = (purpose: Purpose, given: FilledIn): string[] => {
  const isPublic = purpose === 'public-account';
  const kind = isPublic ? given.public.kind : 'individual';
  const { identity, evidence: pictures } = REQUIREMENTS[kind ?? 'individual'];
  const { way = 'documents' } = given;
  const evidence = way === 'none' ? [] : evidenceFor(way, pictures);
  return [
    ...(isPublic ? PUBLIC_FIELDS.filter((field) => isBlank(given.public[field])) : []),
    ...identity.filter((field) => !given.identity.includes(field)).map((field) => `identity.${field}`),
    ...evidence.filter((piece) => !given.evidence.includes(piece)).map((piece) => `evidence.${piece}`),
    ...(way === 'none' ? ['verification'] : []),
  ];
};

/** The fields of a legal identity that say something. */
export const filledFields = (identity: Partial<LegalIdentity>): IdentityField[] =>
  IDENTITY_FIELDS.filter((field) => !isBlank(identity[field]));

/** Whether such a document proves who a subject of that kind is. */
export const proves = (document: DocumentKind, kind: SubjectKind): boolean =>
  REQUIREMENTS[kind].documents.includes(document);

const isBlank = (value: string | null | undefined): boolean =>
  value === undefined || value === null || value.trim() === '';
