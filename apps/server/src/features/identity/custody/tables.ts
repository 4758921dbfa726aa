import type { UserId } from '@byline/protocol';
import type { CustodyField, OpeningId, OrderId } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { OpeningStep } from '@byline/protocol/byline/opening.ts';
import type { KeyId } from '@byline/protocol/byline/sealed.ts';

export interface CustodianKeyRow {
  kid: KeyId;
  user_id: UserId;
  public_key: string;
  signing_key: string;
  fingerprint: string;
  registered_at: number;
}

export interface CustodianSetRow {
  number: number;
  /** JSON of a `CustodianSet`. */
  content: string;
  proposed_by: UserId;
  proposed_at: number;
  /** `null`: it was not confirmed by all whom it needs. */
  holds_since: number | null;
}

export interface ConfirmationRow {
  number: number;
  user_id: UserId;
  signature: string;
  at: number;
}

export interface StandingRow {
  application_id: ApplicationId;
  user_id: UserId;
  /** The public account; `null`: they showed it for themselves. */
  account_id: string | null;
  version: number;
  set_number: number;
  sealed_at: number;
}

export interface StandingFieldRow {
  application_id: ApplicationId;
  field: CustodyField;
  /** JSON of an `Encrypted`. */
  encrypted: string;
}

/** One part of a custodian's share of one field's key, or what of it was dealt for the next set. */
export interface ShareRow {
  application_id: ApplicationId;
  field: CustodyField;
  custodian: UserId;
  /** Who dealt it in a re-sealing; `''`: it is as it was first sealed. */
  dealt_by: UserId | '';
  /** JSON of a `Sealed`. */
  sealed: string;
}

export interface OrderRow {
  order_id: OrderId;
  /** JSON of an `OrderContent`. */
  content: string;
  hash: string;
  filed_by: UserId;
  filed_at: number;
}

export interface RevocationRow {
  order_id: OrderId;
  revoked_by: UserId;
  revoked_at: number;
}

export interface OpeningRow {
  opening_id: OpeningId;
  order_id: OrderId;
  /** Whose identity it is. */
  subject: UserId;
  /** JSON of an `OpeningRequest`. */
  request: string;
  asked_by: UserId;
  asked_at: number;
  asked_signature: string;
  joined_by: UserId | null;
  joined_at: number | null;
  joined_signature: string | null;
  ends_at: number;
  notice_at: number | null;
  told_at: number | null;
}

export interface OpeningStepRow {
  opening_id: OpeningId;
  number: number;
  at: number;
  actor: UserId;
  step: OpeningStep;
}

export interface HandedOverRow {
  opening_id: OpeningId;
  field: CustodyField;
  /** JSON of a `Sealed`. */
  sealed: string;
}

export interface ResealingRow {
  from_set: number;
  to_set: number;
  one: UserId;
  other: UserId;
  started_by: UserId;
  started_at: number;
}

export type CustodyTables = {
  custodian_keys: CustodianKeyRow;
  custodian_sets: CustodianSetRow;
  custodian_confirmations: ConfirmationRow;
  standing_identities: StandingRow;
  standing_fields: StandingFieldRow;
  standing_shares: ShareRow;
  opening_orders: OrderRow;
  order_revocations: RevocationRow;
  openings: OpeningRow;
  opening_steps: OpeningStepRow;
  opening_shares: HandedOverRow;
  resealings: ResealingRow;
  resealing_parts: ShareRow;
};
