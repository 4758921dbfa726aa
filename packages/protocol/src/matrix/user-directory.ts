import { z } from 'zod';
import { UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';

const LARGEST_PAGE = 100;

export const searchUsers = operation({
  method: 'POST',
  paths: clientPaths('/user_directory/search'),
  auth: 'required',
  limit: 'read',
  summary: 'Find people by name',
  body: z.object({
    search_term: text(255),
    limit: z
      .int()
      .min(0)
      .default(10)
      .transform((limit) => Math.min(limit, LARGEST_PAGE)),
  }),
  answer: z.object({
    limited: z.boolean(),
    results: z.array(
      z.object({ user_id: UserId, display_name: z.string().optional(), avatar_url: z.string().optional() }),
    ),
  }),
});
