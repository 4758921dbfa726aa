import { z } from 'zod';
import { operation } from '../operation.ts';
import { HandleInPath } from './accounts.ts';
import { Application } from './applications.ts';

export const renewAccount = operation({
  method: 'POST',
  paths: ['/_byline/v1/accounts/:handle/renewal'],
  auth: 'required',
  limit: 'write',
  summary:
    'Begin, or go on with, the application that confirms an account again; what everybody reads of it is filled in (its owner)',
  params: z.object({ handle: HandleInPath }),
  answer: Application,
});
