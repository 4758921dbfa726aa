import { z } from 'zod';
import { operation } from '../operation.ts';

const IdentityRequired = z.enum(['public-accounts', 'everyone']);

/** What the provider can decide for the whole server. */
export interface PolicyValues {
  /** Whose identity must be verified: of those who run public accounts, or of everyone before they may talk. */
  readonly 'identity.required': z.output<typeof IdentityRequired>;
}
export type PolicyKey = keyof PolicyValues;

type Policies = {
  readonly [Key in PolicyKey]: {
    readonly values: z.ZodType<PolicyValues[Key]>;
    /** What holds until the provider decides. */
    readonly initial: PolicyValues[Key];
  };
};

export const POLICIES: Policies = {
  'identity.required': { values: IdentityRequired, initial: 'public-accounts' },
};

/** A policy as it is, and as it will be. */
const IdentityRequiredPolicy = z.object({
  value: IdentityRequired,
  /** Milliseconds since the epoch; absent: since the server began. */
  effective_from: z.int().optional(),
  upcoming: z.array(z.object({ value: IdentityRequired, effective_from: z.int() })),
});

export const getIdentityRequired = operation({
  method: 'GET',
  paths: ['/_byline/v1/policy/identity.required'],
  auth: 'none',
  limit: 'public',
  summary: 'Read whose identity must be verified',
  answer: IdentityRequiredPolicy,
});

export const setIdentityRequired = operation({
  method: 'PUT',
  paths: ['/_byline/v1/policy/identity.required'],
  auth: 'required',
  limit: 'write',
  summary: 'Decide whose identity must be verified (administrators)',
  body: z.object({
    value: IdentityRequired,
    /** Milliseconds since the epoch; absent: at once. */
    effective_from: z.int().optional(),
  }),
  answer: IdentityRequiredPolicy,
});
