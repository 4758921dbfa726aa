import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { IdentityRequired } from './identity-required.ts';

const between = (least: number, most: number) => z.int().min(least).max(most);

/** What the provider can decide for the whole server. */
export interface PolicyValues {
  readonly 'identity.required': z.output<typeof IdentityRequired>;
  readonly 'verification.lifetime': number;
  readonly 'accounts.per-individual': number;
  readonly 'accounts.per-organisation': number;
  readonly 'review.due': number;
  readonly 'evidence.kept': number;
  readonly 'everyone.grace': number;
}
export type PolicyKey = keyof PolicyValues;

export const POLICY_UNITS = ['choice', 'days', 'hours', 'accounts'] as const;
export type PolicyUnit = (typeof POLICY_UNITS)[number];

/** One thing that the provider decides. */
interface PolicyOf<Value> {
  readonly values: z.ZodType<Value>;
  /** What holds until the provider decides. */
  readonly initial: Value;
  readonly unit: PolicyUnit;
  /** In a sentence, for whoever reads the API. */
  readonly meaning: string;
}
type Policies = { readonly [Key in PolicyKey]: PolicyOf<PolicyValues[Key]> };

export const POLICIES: Policies = {
  'identity.required': {
    values: IdentityRequired,
    initial: 'public-accounts',
    unit: 'choice',
    meaning: 'Whose identity must be verified: of those who run public accounts, or of everyone before they may talk.',
  },
  'verification.lifetime': {
    values: between(1, 3650),
    initial: 365,
    unit: 'days',
    meaning: 'How long a verification that is given from now on holds, unless the reviewer sets an end.',
  },
  'accounts.per-individual': {
    values: between(1, 1000),
    initial: 1,
    unit: 'accounts',
    meaning: 'How many public accounts one person may have.',
  },
  'accounts.per-organisation': {
    values: between(1, 1000),
    initial: 2,
    unit: 'accounts',
    meaning: 'How many public accounts one company, medium, office or other organisation may have.',
  },
  'review.due': {
    values: between(1, 2160),
    initial: 72,
    unit: 'hours',
    meaning: 'Within what time an application is to be decided.',
  },
  'evidence.kept': {
    values: between(0, 365),
    initial: 30,
    unit: 'days',
    meaning: 'How long pictures of documents are kept after the decision.',
  },
  'everyone.grace': {
    values: between(0, 365),
    initial: 0,
    unit: 'days',
    meaning:
      'When everyone must be verified: how long those who had an account before that began may still talk without it; 0: not at all.',
  },
};

export const POLICY_KEYS = Object.keys(POLICIES) as [PolicyKey, ...PolicyKey[]];

const PolicyValue = z.union([z.string().max(100), z.number()]);
export type PolicyValue = z.output<typeof PolicyValue>;

/** Milliseconds since the epoch. */
const Time = z.int();

const PolicyVersion = z.object({
  /** From 1, in the order in which they were decided. */
  version: z.int(),
  value: PolicyValue,
  effective_from: Time,
  set_at: Time,
  /** Read by administrators alone, as is `withdrawn_by`. */
  set_by: UserId.optional(),
  /** It never held. */
  withdrawn_at: Time.optional(),
  withdrawn_by: UserId.optional(),
});
export type PolicyVersion = z.output<typeof PolicyVersion>;

/** A policy as it is, as it was, and as it will be. */
export const Policy = z.object({
  key: z.enum(POLICY_KEYS),
  value: PolicyValue,
  /** Absent: since the server began. */
  effective_from: Time.optional(),
  upcoming: z.array(z.object({ value: PolicyValue, effective_from: Time })),
  unit: z.enum(POLICY_UNITS),
  initial: PolicyValue,
  meaning: z.string(),
  /** The newest first, withdrawn ones too. */
  versions: z.array(PolicyVersion),
});
export type Policy = z.output<typeof Policy>;

const ofKey = { params: z.object({ key: z.enum(POLICY_KEYS) }) };

/** What is to hold, and from when. */
const Change = z.object({
  value: PolicyValue,
  /** Absent: at once. */
  effective_from: Time.optional(),
});

export const listPolicies = operation({
  method: 'GET',
  paths: ['/_byline/v1/policy'],
  auth: 'optional',
  limit: 'public',
  summary: 'Read what the provider has decided for the whole server, with all versions',
  answer: z.object({ policies: z.array(Policy) }),
});

export const getPolicy = operation({
  method: 'GET',
  paths: ['/_byline/v1/policy/:key'],
  auth: 'optional',
  limit: 'public',
  summary: 'Read one policy, with all its versions',
  ...ofKey,
  answer: Policy,
});

export const setPolicy = operation({
  method: 'PUT',
  paths: ['/_byline/v1/policy/:key'],
  auth: 'required',
  limit: 'write',
  summary: 'Decide what a policy says, at once or from a time on (administrators)',
  ...ofKey,
  body: Change,
  answer: Policy,
});

const HowMany = z.object({
  /** Of accounts that are there today. */
  blocked: z.int(),
  /** The same, if nothing is decided. */
  blocked_otherwise: z.int(),
});

/** What a change would do to accounts that are there. */
export const PolicyEffect = z.object({
  /** Whom it can block: people who talk, or public accounts that publish; `nobody`: it holds for what comes after it alone. */
  concerns: z.enum(['people', 'public-accounts', 'nobody']),
  /** How many of them there are. */
  of: z.int(),
  today: HowMany,
  in_30_days: HowMany,
});
export type PolicyEffect = z.output<typeof PolicyEffect>;

export const previewPolicy = operation({
  method: 'POST',
  paths: ['/_byline/v1/policy/:key/preview'],
  auth: 'required',
  limit: 'write',
  summary: 'Ask how many accounts a change of a policy would block, before it is made (administrators)',
  ...ofKey,
  body: Change,
  answer: PolicyEffect,
});

export const withdrawPolicy = operation({
  method: 'DELETE',
  paths: ['/_byline/v1/policy/:key/versions/:version'],
  auth: 'required',
  limit: 'write',
  summary: 'Withdraw a version that has not begun (administrators)',
  params: z.object({ key: z.enum(POLICY_KEYS), version: z.coerce.number().pipe(z.int().positive()) }),
  answer: Policy,
});
