import type { UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Attestation, VerificationWay, VouchId } from '@byline/protocol/byline/verification.ts';
import type { ApplicationRow, EvidenceRow, StepRow } from '../tables.ts';

export interface SwitchRow {
  way: VerificationWay;
  is_on: number;
  changed_by: UserId;
  changed_at: number;
}

export interface SecretRow {
  name: string;
  secret: string;
}

/** What was begun and not finished yet; a new attempt takes the place of the one before. */
export interface AttemptRow {
  application_id: ApplicationId;
  challenge: string;
  begun_at: number;
}

/** What was shown otherwise than by documents. */
export interface AttestationRow {
  application_id: ApplicationId;
  way: Attestation['way'];
  at: number;
  /** The issuer's address, or the handle of the organisation. */
  by: string;
  name: string;
  /** JSON of names of fields. */
  fields: string;
  assurance: string | null;
  /** JSON of a `TokenProof`. */
  proof: string | null;
  vouch_id: VouchId | null;
}

export interface VouchRow {
  vouch_id: VouchId;
  /** The public account that answers. */
  voucher: string;
  made_by: UserId;
  made_at: number;
  expires: number;
  /** SHA-256 of the code: who reads the database can't present it. */
  code_hash: string | null;
  addressee: UserId | null;
  application_id: ApplicationId | null;
  withdrawn_at: number | null;
  withdrawn_by: UserId | null;
  withdrawn_reason: string | null;
}

export type VerificationTables = {
  verification_switches: SwitchRow;
  verification_secrets: SecretRow;
  verification_attempts: AttemptRow;
  attestations: AttestationRow;
  vouches: VouchRow;
  applications: ApplicationRow;
  application_steps: StepRow;
  evidence: EvidenceRow;
};
