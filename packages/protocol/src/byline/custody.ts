import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { IDENTITY_FIELDS } from './identity.ts';
import { Encrypted, Hash, KeyId, PublicKey, Sealed, Signature, SigningKey } from './sealed.ts';

/** So many custodians open an identity together. */
export const CUSTODIANS_TO_OPEN = 2;
/** With fewer, the loss of one key would lose every identity. */
export const FEWEST_CUSTODIANS = 3;
export const MOST_CUSTODIANS = 15;
export const MOST_SETS = 1_000_000;

export const CustodyField = z.enum(IDENTITY_FIELDS);
export type CustodyField = z.output<typeof CustodyField>;

/** The two public keys of a custodian: to seal to, and to verify their signatures by. */
export const CustodianKey = z.object({
  user_id: UserId,
  /** Of `public_key`. */
  kid: KeyId,
  public_key: PublicKey,
  signing_key: SigningKey,
});
export type CustodianKey = z.output<typeof CustodianKey>;

/**
 * Those who hold identities together. Their order is part of it: the place of a custodian is that of their share. It
 * holds from when each of them, and two of the set before, have signed it, so that nobody can slip in another one.
 */
export const CustodianSet = z.object({
  number: z.int().min(1).max(MOST_SETS),
  /** Hash of the set before; absent: it is the first. */
  previous: Hash.optional(),
  custodians: z.array(CustodianKey).min(FEWEST_CUSTODIANS).max(MOST_CUSTODIANS),
});
export type CustodianSet = z.output<typeof CustodianSet>;

/** Somebody's signature of a set. */
export const Confirmation = z.object({ user_id: UserId, signature: Signature });
export type Confirmation = z.output<typeof Confirmation>;

export const ConfirmedSet = z.object({ set: CustodianSet, confirmations: z.array(Confirmation) });
export type ConfirmedSet = z.output<typeof ConfirmedSet>;

/**
 * A share of one field's key, sealed to one custodian. One part, as the field was sealed; after a re-sealing two, which
 * only together are a share.
 */
export const SealedShare = z.object({
  custodian: UserId,
  parts: z
    .array(z.object({ from: UserId.optional(), sealed: Sealed }))
    .min(1)
    .max(CUSTODIANS_TO_OPEN),
});
export type SealedShare = z.output<typeof SealedShare>;

export const STANDING_SCHEMA = 1;

/** One field of a standing identity, encrypted under a key of its own, which is shared among the custodians. */
const StandingField = z.object({
  field: CustodyField,
  encrypted: Encrypted,
  shares: z.array(SealedShare).max(MOST_CUSTODIANS),
});
export type StandingField = z.output<typeof StandingField>;

/** An approved identity as it is kept: nobody opens it alone, and each field opens by itself. */
export const StandingRecord = z.object({
  schema: z.literal(STANDING_SCHEMA),
  version: z.int().min(1).max(1_000_000),
  /** The custodians to whom it is sealed. */
  set: z.int().min(1),
  fields: z.array(StandingField).min(1).max(IDENTITY_FIELDS.length),
});
export type StandingRecord = z.output<typeof StandingRecord>;

export const Custody = z.object({
  /** Whether approved identities are sealed to custodians; if not, they stay sealed to the reviewers' key. */
  is_set_up: z.boolean(),
  /** What is to be done next; absent: nothing. */
  to_do: z.string().optional(),
  /** Who has the role and registered keys. */
  keys: z.array(CustodianKey.extend({ fingerprint: z.string(), registered_at: z.int() })),
  /** All sets that hold or held, the oldest first. */
  sets: z.array(ConfirmedSet),
  /** A set that still lacks confirmations. */
  proposed: ConfirmedSet.optional(),
});
export type Custody = z.output<typeof Custody>;

export const getCustody = operation({
  method: 'GET',
  paths: ['/_byline/v1/custody'],
  auth: 'required',
  limit: 'read',
  summary: 'Read who holds identities together (administrators, reviewers and custodians)',
  answer: Custody,
});

/** The signature is of the registration itself: whoever registers has the private half. */
export const registerCustodianKey = operation({
  method: 'PUT',
  paths: ['/_byline/v1/custody/key'],
  auth: 'required',
  limit: 'write',
  summary: "Register one's own two public keys (custodians)",
  body: z.object({ public_key: PublicKey, signing_key: SigningKey, signature: Signature }),
  answer: CustodianKey,
});

export const proposeCustodians = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/sets'],
  auth: 'required',
  limit: 'write',
  summary: 'Propose who holds identities together from now on (administrators); it holds when it is confirmed',
  body: z.object({ custodians: z.array(UserId).min(FEWEST_CUSTODIANS).max(MOST_CUSTODIANS) }),
  answer: CustodianSet,
});

export const confirmCustodians = operation({
  method: 'POST',
  paths: ['/_byline/v1/custody/sets/:number/confirmation'],
  auth: 'required',
  limit: 'write',
  summary: 'Confirm a proposed set by signing it (its custodians, and those of the set before)',
  params: z.object({ number: z.coerce.number().pipe(z.int().min(1).max(MOST_SETS)) }),
  body: z.object({ signature: Signature }),
  answer: z.object({
    /** Whether it holds now. */
    holds: z.boolean(),
  }),
});

export const OrderId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'not a valid id of an order' })
  .brand<'order id'>();
export type OrderId = z.infer<typeof OrderId>;

export const OpeningId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, { error: 'not a valid id of an opening' })
  .brand<'opening id'>();
export type OpeningId = z.infer<typeof OpeningId>;
