import { z } from 'zod';
import { MxcUri, RoomId, UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { Category, SubjectKind } from './identity.ts';
import { LabelId } from './labels.ts';

/** What stands after the @ of a public account. Unknown ones are simply not found. */
export const HandleInPath = z.string().min(1).max(64);

/** The standing right to publish that a review granted. Times are milliseconds since the epoch. */
export const Qualification = z.object({
  kind: SubjectKind,
  category: Category,
  label: LabelId.nullable(),
  verified_since: z.int(),
  expires: z.int(),
});
export type Qualification = z.output<typeof Qualification>;

export const PublicAccount = z.object({
  account_id: z.string(),
  handle: z.string(),
  user_id: UserId,
  room_id: RoomId,
  name: z.string(),
  description: z.string(),
  picture: MxcUri.nullable(),
  /** `null`: it may not publish (now), and carries no seal. */
  qualification: Qualification.nullable(),
  /** About how many follow it. */
  subscribers: z.int(),
  /** How the caller follows it; absent for who is not signed in. */
  subscription: z.object({ muted: z.boolean() }).nullable().optional(),
});
export type PublicAccount = z.output<typeof PublicAccount>;

export const OPERATOR_ROLES = ['owner', 'operator'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];
const OperatorRole = z.enum(OPERATOR_ROLES);

const ofAccount = { params: z.object({ handle: HandleInPath }) };

export const getAccount = operation({
  method: 'GET',
  paths: ['/_byline/v1/accounts/:handle'],
  auth: 'optional',
  limit: 'public',
  summary: 'Read a public account; one that was never verified only its operators find',
  ...ofAccount,
  answer: PublicAccount,
});

export const listMyAccounts = operation({
  method: 'GET',
  paths: ['/_byline/v1/my-accounts'],
  auth: 'required',
  limit: 'read',
  summary: 'Read the public accounts that one operates',
  answer: z.object({ accounts: z.array(PublicAccount.extend({ role: OperatorRole })) }),
});

export const checkHandle = operation({
  method: 'GET',
  paths: ['/_byline/v1/handles/:handle'],
  auth: 'required',
  limit: 'read',
  summary: 'Ask whether a handle can be had',
  ...ofAccount,
  answer: z.object({ available: z.boolean(), why: z.string().optional() }),
});

export const listOperators = operation({
  method: 'GET',
  paths: ['/_byline/v1/accounts/:handle/operators'],
  auth: 'required',
  limit: 'read',
  summary: 'Read who operates an account (its operators)',
  ...ofAccount,
  answer: z.object({ operators: z.array(z.object({ user_id: UserId, role: OperatorRole, since: z.int() })) }),
});

const ofOperator = { params: z.object({ handle: HandleInPath, userId: UserId }) };

export const addOperator = operation({
  method: 'PUT',
  paths: ['/_byline/v1/accounts/:handle/operators/:userId'],
  auth: 'required',
  limit: 'write',
  summary: 'Let somebody publish as the account (its owner)',
  ...ofOperator,
});

export const removeOperator = operation({
  method: 'DELETE',
  paths: ['/_byline/v1/accounts/:handle/operators/:userId'],
  auth: 'required',
  limit: 'write',
  summary: 'Let somebody publish as the account no more (its owner, or the operator themself)',
  ...ofOperator,
});
