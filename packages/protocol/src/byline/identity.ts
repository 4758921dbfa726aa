import { z } from 'zod';
import { MxcUri } from '../ids.ts';
import { text } from '../text.ts';

/** Who a publisher is. */
export const SUBJECT_KINDS = ['individual', 'company', 'media', 'government', 'other'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
export const SubjectKind = z.enum(SUBJECT_KINDS);

/** What an account is about, as its publisher says and a reviewer confirms. */
export const CATEGORIES = [
  'news',
  'public-services',
  'health',
  'education',
  'culture',
  'science',
  'business',
  'community',
  'sports',
  'entertainment',
  'other',
] as const;
export type Category = (typeof CATEGORIES)[number];
export const Category = z.enum(CATEGORIES);

/** What proves who somebody is. */
export const DOCUMENT_KINDS = [
  'identity-card',
  'passport',
  'residence-permit',
  'business-licence',
  'press-licence',
  'official-letter',
  'register-extract',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export const DocumentKind = z.enum(DOCUMENT_KINDS);

/** The pictures of a document. */
export const DOCUMENT_PICTURES = ['document-front', 'document-back'] as const;
export type DocumentPicture = (typeof DOCUMENT_PICTURES)[number];

/** The pictures of what a label needs, each beside the document that proves who somebody is (labels.ts). */
export const LABEL_PICTURES = ['press-licence', 'health-licence', 'letter-of-office', 'trade-licence'] as const;
export type LabelPicture = (typeof LABEL_PICTURES)[number];

/** All that is looked at as a picture. */
export const PICTURE_PIECES = [...DOCUMENT_PICTURES, ...LABEL_PICTURES] as const;
export type PicturePiece = (typeof PICTURE_PIECES)[number];

/** All that is sealed beside the legal identity: pictures, a short video of the person, what an identity provider signed. */
export const EVIDENCE_PIECES = [...DOCUMENT_PICTURES, ...LABEL_PICTURES, 'person-video', 'id-token'] as const;
export type EvidencePiece = (typeof EVIDENCE_PIECES)[number];
export const EvidencePiece = z.enum(EVIDENCE_PIECES);

/**
 * A legal identity. It is sealed where it is typed and opened where it is reviewed: the server never has it like this.
 * The number of `SEALED_SCHEMA` changes when its meaning does.
 */
export const LegalIdentity = z.object({
  subject_kind: SubjectKind,
  legal_name: text(200),
  document_kind: DocumentKind,
  document_number: text(100),
  /** ISO 3166-1, two letters. */
  country: z.string().regex(/^[A-Z]{2}$/, { error: 'must be a country of two capital letters, such as NL' }),
});
export type LegalIdentity = z.output<typeof LegalIdentity>;
export const SEALED_SCHEMA = 1;

/** The fields of a legal identity that a person fills in. */
export const IDENTITY_FIELDS = ['legal_name', 'document_kind', 'document_number', 'country'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];

/** `personal`: who the applicant is, for themselves alone; it opens no account. */
export const PURPOSES = ['public-account', 'personal'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const ApplicationId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'not a valid id of an application' })
  .brand<'application id'>();
export type ApplicationId = z.infer<typeof ApplicationId>;

export const EvidenceId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'not a valid id of evidence' })
  .brand<'evidence id'>();
export type EvidenceId = z.infer<typeof EvidenceId>;

export const APPLICATION_STATES = [
  'draft',
  'submitted',
  'in-review',
  'question-asked',
  'changes-asked',
  'approved',
  'refused',
  'withdrawn',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];
export const ApplicationState = z.enum(APPLICATION_STATES);

/** What everybody will read of an account. */
export const PublicPart = z.object({
  kind: SubjectKind,
  name: text(60),
  handle: text(64),
  category: Category,
  description: text(500),
  picture: MxcUri.nullable(),
});
export type PublicPart = z.output<typeof PublicPart>;

/** As far as it is filled in. */
export const PublicDraft = PublicPart.partial();
export type PublicDraft = z.output<typeof PublicDraft>;

export const LONGEST_REASON = 2_000;
const MIB = 1024 * 1024;
/** Of one sealed piece, in bytes. */
export const LARGEST_EVIDENCE: Readonly<Record<EvidencePiece, number>> = {
  'document-front': 15 * MIB,
  'document-back': 15 * MIB,
  'press-licence': 15 * MIB,
  'health-licence': 15 * MIB,
  'letter-of-office': 15 * MIB,
  'trade-licence': 15 * MIB,
  'person-video': 50 * MIB,
  'id-token': MIB,
};
