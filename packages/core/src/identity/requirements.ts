import type {
  DocumentKind,
  DocumentPicture,
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
  readonly evidence: readonly DocumentPicture[];
  /** What helps the reviewer, and may be left out. */
  readonly welcome: readonly DocumentPicture[];
}

const EVERY_FIELD = ['legal_name', 'document_kind', 'document_number', 'country'] as const;
const PICTURES = { evidence: ['document-front'], welcome: ['document-back'] } as const;

/** By kind of subject. What a kind must show is changed here and nowhere else. */
export const REQUIREMENTS: Readonly<Record<SubjectKind, Requirements>> = {
  individual: {
    identity: EVERY_FIELD,
    documents: ['identity-card', 'passport', 'residence-permit'],
    ...PICTURES,
  },
  company: { identity: EVERY_FIELD, documents: ['business-licence', 'register-extract'], ...PICTURES },
  media: {
    identity: EVERY_FIELD,
    documents: ['press-licence', 'business-licence', 'register-extract'],
    ...PICTURES,
  },
  government: { identity: EVERY_FIELD, documents: ['official-letter', 'register-extract'], ...PICTURES },
  other: {
    identity: EVERY_FIELD,
    documents: ['register-extract', 'official-letter', 'business-licence'],
    ...PICTURES,
  },
};

/** What a public account must say of itself. A picture is welcome, not needed. */
const PUBLIC_FIELDS = ['kind', 'name', 'handle', 'category', 'description'] as const satisfies (keyof PublicDraft)[];

/** All that an application takes, as it is shown before anything is asked. */
export interface Checklist extends Requirements {
  /** What everybody will read; empty for who applies for themselves alone. */
  readonly public: readonly (typeof PUBLIC_FIELDS)[number][];
}

/** What an application takes, by what it is for and who answers for it. */
export const checklistFor = (purpose: Purpose, kind: SubjectKind): Checklist =>
  purpose === 'personal'
    ? { ...REQUIREMENTS.individual, public: [] }
    : { ...REQUIREMENTS[kind], public: PUBLIC_FIELDS };

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
  const { public: fields, identity, evidence: pictures } = checklistFor(purpose, given.public.kind ?? 'individual');
  const { way = 'documents' } = given;
  const evidence = way === 'none' ? [] : evidenceFor(way, pictures);
  return [
    ...fields.filter((field) => isBlank(given.public[field])),
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
