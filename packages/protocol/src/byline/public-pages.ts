import { z } from 'zod';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { HandleInPath } from './accounts.ts';

/** Pages that need no account and no script. */
const page = { method: 'GET', auth: 'none', limit: 'public' } as const;

export const accountPage = operation({
  ...page,
  paths: ['/@:handle'],
  summary: "A public account's page",
  params: z.object({ handle: HandleInPath }),
  query: z.object({
    from: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .optional()
      .catch(undefined),
  }),
});

export const postPage = operation({
  ...page,
  paths: ['/@:handle/:eventId'],
  summary: 'The page of a post',
  params: z.object({ handle: HandleInPath, eventId: text(255) }),
});

export const accountFeed = operation({
  ...page,
  paths: ['/@:handle/feed.atom'],
  summary: "A public account's Atom feed",
  params: z.object({ handle: HandleInPath }),
});
