import { z } from 'zod';
import { UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { ApplicationId, IDENTITY_FIELDS } from './identity.ts';

/**
 * How somebody can show who they are: documents that a reviewer looks at, an identity provider that the administrator
 * trusts (OpenID Connect), or a verified organisation that answers for its own offices.
 */
export const VERIFICATION_WAYS = ['documents', 'openid-connect', 'vouching'] as const;
export type VerificationWay = (typeof VERIFICATION_WAYS)[number];
export const VerificationWay = z.enum(VERIFICATION_WAYS);

const IdentityField = z.enum(IDENTITY_FIELDS);

/** `off`: by the administrator; `not-set-up`: its settings are missing; `unreachable`: whom it needs does not answer now. */
export const WayState = z.enum(['on', 'off', 'not-set-up', 'unreachable']);
export type WayState = z.output<typeof WayState>;

/** How long decisions took, measured on the newest cases of a way. */
const UsualTime = z.object({
  /** From sending to the decision, in milliseconds: half of them took less. */
  median: z.int(),
  /** Nine of ten took less. */
  ninth_decile: z.int(),
  /** How many cases this is known from. */
  cases: z.int(),
});
export type UsualTime = z.output<typeof UsualTime>;

export const Way = z.object({
  id: VerificationWay,
  state: WayState,
  /** What the applicant must have. */
  needs: z.enum(['document', 'account-at-the-provider', 'vouch']),
  /** What is shown by it; what is left out the applicant says, and a reviewer judges. */
  attests: z.array(IdentityField),
  /** Who attests, where that is known beforehand. */
  by: z.object({ issuer: z.url(), name: z.string() }).optional(),
  /** `null`: too few cases to tell. */
  usual_time: UsualTime.nullable(),
});
export type Way = z.output<typeof Way>;

export const listVerificationWays = operation({
  method: 'GET',
  paths: ['/_byline/v1/verification/ways'],
  auth: 'none',
  limit: 'public',
  summary: 'Read how one can show who one is here, what that needs, and how long it usually takes',
  answer: z.object({ ways: z.array(Way) }),
});

export const switchVerificationWay = operation({
  method: 'PUT',
  paths: ['/_byline/v1/verification/ways/:way'],
  auth: 'required',
  limit: 'write',
  summary: 'Switch a way to verify on or off (administrators); one must stay on',
  params: z.object({ way: VerificationWay }),
  body: z.object({ state: z.enum(['on', 'off']) }),
  answer: z.object({ ways: z.array(Way) }),
});

/** Random bytes of the server; the applicant's browser derives the `nonce` of the ID token from them (`nonceFor`). */
const Challenge = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'not a valid challenge' });

/** Where a browser may be sent: never a script. */
const address = z.url({ protocol: /^https?$/ });

/** What of an identity provider's metadata a browser needs (OpenID Connect Discovery 1.0, section 3). */
export const ProviderMetadata = z.object({
  issuer: address,
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  response_modes_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});
export type ProviderMetadata = z.output<typeof ProviderMetadata>;

const DocumentsStep = z.object({
  way: z.literal('documents'),
  /** What the person says in the video: it shows that it was made today, for this application. */
  code: z.string(),
  /** When the next code holds, in milliseconds since the epoch; this one is taken for a day longer. */
  next_code_at: z.int(),
});

export const OpenIdConnectStep = z.object({
  way: z.literal('openid-connect'),
  name: z.string(),
  provider: ProviderMetadata,
  client_id: z.string(),
  redirect_uri: z.url(),
  scope: z.string(),
  /** The `claims` parameter of the request. */
  claims: JsonObject,
  challenge: Challenge,
});
export type OpenIdConnectStep = z.output<typeof OpenIdConnectStep>;

const VouchingStep = z.object({ way: z.literal('vouching') });

/** What the browser does next. */
export const Step = z.discriminatedUnion('way', [DocumentsStep, OpenIdConnectStep, VouchingStep]);
export type Step = z.output<typeof Step>;

/** What a trust framework and its level may be called, such as `eidas/high`: never free text. */
const Assurance = z.string().regex(/^[A-Za-z0-9_:.-]{1,60}(?:\/[A-Za-z0-9_:.-]{1,60})?$/, {
  error: 'must be a trust framework and its level, such as eidas/high',
});

/** Names a vouch. */
export const VouchId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'not a valid id of a vouch' })
  .brand<'vouch id'>();
export type VouchId = z.infer<typeof VouchId>;

/**
 * `documents`: back to showing documents. `openid-connect`: the sealed ID token was uploaded as evidence before.
 * `vouching`: by a code that was handed over, or a vouch that is addressed to the applicant.
 */
export const Finish = z.discriminatedUnion('way', [
  z.object({ way: z.literal('documents') }),
  z.object({
    way: z.literal('openid-connect'),
    fields: z.array(IdentityField).min(1).max(IDENTITY_FIELDS.length),
    assurance: Assurance.nullable(),
  }),
  z.object({
    way: z.literal('vouching'),
    vouch: z.union([z.object({ code: text(100) }), z.object({ id: VouchId })]),
  }),
]);
export type Finish = z.output<typeof Finish>;

/** What was shown otherwise than by documents. Times are milliseconds since the epoch. */
export const Attestation = z.object({
  way: VerificationWay.exclude(['documents']),
  at: z.int(),
  /** The issuer's address, or the handle of the organisation. */
  by: z.string(),
  name: z.string(),
  fields: z.array(IdentityField),
  /** As the applicant's browser says; a reviewer's checks it. `null`: the issuer names none. */
  assurance: z.string().nullable(),
});
export type Attestation = z.output<typeof Attestation>;

/** `null`: by documents. */
const Verification = z.object({ attestation: Attestation.nullable() });
const ofApplication = { params: z.object({ id: ApplicationId }) };

export const beginVerification = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/verification/begin'],
  auth: 'required',
  limit: 'write',
  summary: 'Begin to show who one is, by one of the ways; BYLINE_UNAVAILABLE names the others when this one is down',
  ...ofApplication,
  body: z.object({ way: VerificationWay }),
  answer: Step,
});

export const finishVerification = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/verification/finish'],
  auth: 'required',
  limit: 'write',
  summary: 'Say that it was shown; until then the application stays as it was',
  ...ofApplication,
  body: Finish,
  answer: Verification,
});

export const getVerification = operation({
  method: 'GET',
  paths: ['/_byline/v1/applications/:id/verification'],
  auth: 'required',
  limit: 'read',
  summary: "Read by which way one's own application is shown to be true",
  ...ofApplication,
  answer: Verification,
});

/** Public keys of an issuer (RFC 7517); what is private in a key is never kept. */
export const PublicKeySet = z.object({
  keys: z
    .array(
      z.object({
        kty: z.string(),
        kid: z.string().optional(),
        alg: z.string().optional(),
        use: z.string().optional(),
        n: z.string().optional(),
        e: z.string().optional(),
        crv: z.string().optional(),
        x: z.string().optional(),
        y: z.string().optional(),
      }),
    )
    .min(1)
    .max(50),
});
export type PublicKeySet = z.output<typeof PublicKeySet>;

/** What a reviewer's browser checks a sealed ID token against. */
export const TokenProof = z.object({
  issuer: z.url(),
  client_id: z.string(),
  challenge: Challenge,
  /** As the issuer served them when the token came. */
  keys: PublicKeySet,
});
export type TokenProof = z.output<typeof TokenProof>;

/** How a case was shown to be true, as its reviewer reads it. */
export const CaseVerification = z.object({
  attestation: Attestation.nullable(),
  /** Of `openid-connect`. */
  proof: TokenProof.optional(),
  /** Of `vouching`: who answers for the applicant. */
  voucher: z.object({ user_id: UserId, handle: z.string(), name: z.string() }).optional(),
  /** Of `documents`: what the person may say in the video, by its day (`2026-11-24`, UTC). */
  codes: z.array(z.object({ day: z.string(), code: z.string() })),
});
export type CaseVerification = z.output<typeof CaseVerification>;

export const getCaseVerification = operation({
  method: 'GET',
  paths: ['/_byline/v1/review/cases/:id/verification'],
  auth: 'required',
  limit: 'read',
  summary: 'Read by which way a case was shown to be true, with what to check it against (who holds the case)',
  ...ofApplication,
  answer: CaseVerification,
});
