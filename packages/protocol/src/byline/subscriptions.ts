import { z } from 'zod';
import { operation } from '../operation.ts';
import { HandleInPath, PublicAccount } from './accounts.ts';

const ofAccount = { params: z.object({ handle: HandleInPath }) };
const subscription = ['/_byline/v1/accounts/:handle/subscription'] as const;

export const subscribe = operation({
  method: 'PUT',
  paths: subscription,
  auth: 'required',
  limit: 'write',
  summary: 'Follow a public account, or mute it while following',
  ...ofAccount,
  body: z.object({ muted: z.boolean().default(false) }),
});

export const unsubscribe = operation({
  method: 'DELETE',
  paths: subscription,
  auth: 'required',
  limit: 'write',
  summary: 'Follow a public account no more',
  ...ofAccount,
});

export const listSubscriptions = operation({
  method: 'GET',
  paths: ['/_byline/v1/subscriptions'],
  auth: 'required',
  limit: 'read',
  summary: 'Read the public accounts that one follows',
  answer: z.object({ accounts: z.array(PublicAccount) }),
});
