import type { DocumentKind, IdentityField, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { JsonObject } from '@byline/protocol';
import { z } from 'zod';

/**
 * What is asked of an identity provider, in the ID token, because only that is signed (OpenID Connect Core 1.0, section
 * 5.5; OpenID Connect for Identity Assurance 1.0, section 6). Nothing else is asked for: no address, no date of birth.
 */
export const REQUESTED_CLAIMS = {
  id_token: {
    name: null,
    given_name: null,
    family_name: null,
    verified_claims: {
      verification: { trust_framework: null, assurance_level: null, evidence: null },
      claims: { name: null, given_name: null, family_name: null, nationalities: null },
    },
  },
} as const satisfies JsonObject;

/** What an identity provider says of somebody. */
export interface ProvenIdentity {
  readonly identity: Partial<Pick<LegalIdentity, IdentityField>>;
  /** The trust framework and its level, such as `eidas/high`; `null`: the issuer vouches for no check. */
  readonly assurance: string | null;
}

const word = z.string().trim().min(1).max(200);
/** What can't be read is as if it was not said: issuers differ, and one odd field must not undo the others. */
const said = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const Names = z.object({ name: said(word), given_name: said(word), family_name: said(word) });
const Country = z.string().regex(/^[A-Z]{2}$/);

const Document = z.object({
  document_details: z.object({
    type: said(z.string()),
    document_number: said(word.max(100)),
    issuer: said(z.object({ country_code: said(Country) })),
  }),
});

const Verified = z.object({
  verification: z.object({
    trust_framework: z.string().regex(/^[A-Za-z0-9_:.-]{1,60}$/),
    assurance_level: said(z.string().regex(/^[A-Za-z0-9_:.-]{1,60}$/)),
    evidence: said(z.array(said(Document)).max(20)),
  }),
  claims: Names.extend({ nationalities: said(z.array(z.string()).max(20)) }),
});
type Verified = z.output<typeof Verified>;

/** One object, or several by different frameworks; the first that can be read counts. */
const VerifiedClaims = z.union([
  Verified,
  z
    .array(Verified)
    .min(1)
    .transform(([first]) => first),
]);
const Claims = Names.extend({ verified_claims: said(VerifiedClaims) });

/** What the types of documents are called there (predefined values for identity assurance, "Document Types"). */
const DOCUMENTS: ReadonlyMap<string, DocumentKind> = new Map([
  ['idcard', 'identity-card'],
  ['passport', 'passport'],
  ['residence_permit', 'residence-permit'],
]);

/** What the claims of an ID token prove. Claims that were not verified give a name, and no assurance. */
export const provenBy = (payload: unknown): ProvenIdentity => {
  const { verified_claims: verified, ...plain } = Claims.parse(payload);
  if (verified === undefined) return { identity: withoutGaps({ legal_name: fullName(plain) }), assurance: null };
  const { trust_framework: framework, assurance_level: level } = verified.verification;
  const { type, document_number, issuer } = documentIn(verified) ?? {};
  const [nationality] = verified.claims.nationalities ?? [];
  return {
    identity: withoutGaps({
      legal_name: fullName(verified.claims),
      document_kind: type === undefined ? undefined : DOCUMENTS.get(type),
      document_number,
      country: issuer?.country_code ?? Country.safeParse(nationality).data,
    }),
    assurance: level === undefined ? framework : `${framework}/${level}`,
  };
};

const fullName = ({ name, given_name, family_name }: z.output<typeof Names>): string | undefined => {
  if (name !== undefined) return name;
  const parts = [given_name, family_name].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
};

const documentIn = ({ verification }: Verified) =>
  verification.evidence?.find((one) => one !== undefined)?.document_details;

const withoutGaps = (given: {
  readonly [Field in IdentityField]?: LegalIdentity[Field] | undefined;
}): ProvenIdentity['identity'] => ({
  ...(given.legal_name === undefined ? {} : { legal_name: given.legal_name }),
  ...(given.document_kind === undefined ? {} : { document_kind: given.document_kind }),
  ...(given.document_number === undefined ? {} : { document_number: given.document_number }),
  ...(given.country === undefined ? {} : { country: given.country }),
});
