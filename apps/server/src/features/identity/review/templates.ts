import type { SaidByTemplate } from '@byline/protocol/byline/progress.ts';
import { type TemplateId, templateOf } from '@byline/protocol/byline/reason-templates.ts';

/** What a template says, in all languages, with the clause on which it rests. */
export const saidByTemplate = (id: TemplateId): SaidByTemplate => {
  const { clause, text } = templateOf(id);
  return { id, clause, text };
};
