import { z } from 'zod';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { PublicAccount } from './accounts.ts';
import { Category } from './identity.ts';

export const searchDirectory = operation({
  method: 'GET',
  paths: ['/_byline/v1/directory'],
  auth: 'optional',
  limit: 'public',
  summary: 'Find verified public accounts by name, handle or description',
  query: z.object({
    q: text(100).default(''),
    category: Category.optional(),
    from: z.string().max(200).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
  }),
  answer: z.object({ accounts: z.array(PublicAccount), next: z.string().optional() }),
});
