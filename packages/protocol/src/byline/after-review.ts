import { z } from 'zod';
import { operation } from '../operation.ts';
import { text } from '../text.ts';
import { Application } from './applications.ts';
import { ApplicationId } from './identity.ts';
import { LONGEST_APPEAL } from './progress.ts';
import { Sealed } from './sealed.ts';

const own = { params: z.object({ id: ApplicationId }) };

/** The answer may name what is private, so it is sealed to the reviewers' key, like the identity. */
export const answerQuestion = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/answer'],
  auth: 'required',
  limit: 'write',
  summary: "Answer a reviewer's question, sealed to the reviewers' key",
  ...own,
  body: z.object({ sealed: Sealed }),
  answer: Application,
});

export const appealRefusal = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/appeal'],
  auth: 'required',
  limit: 'apply',
  summary: 'Ask that another reviewer look at a refusal, once',
  ...own,
  body: z.object({
    reason: text(LONGEST_APPEAL).refine((reason) => reason.trim() !== '', { error: 'must say why' }),
  }),
  answer: Application,
});

export const correctRefusal = operation({
  method: 'POST',
  paths: ['/_byline/v1/applications/:id/correction'],
  auth: 'required',
  limit: 'apply',
  summary: 'Begin a new application from a refused one; what was sealed moves into it',
  ...own,
  answer: Application,
});
