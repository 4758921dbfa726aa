import { needsSecond } from '@byline/core/identity/review-rules.ts';
import type { UserId } from '@byline/protocol';
import type { CaseMessage } from '@byline/protocol/byline/progress.ts';
import type { Decision } from '@byline/protocol/byline/review.ts';
import { publicOf } from '../application-view.ts';
import type { ApplicationRow } from '../tables.ts';
import { saidByTemplate } from './templates.ts';
import type { CaseMessageRow, ReviewCaseRow } from './tables.ts';

/** What a first reviewer would decide, as it is kept until another one has looked. */
export interface Proposal {
  readonly by: UserId;
  readonly at: number;
  readonly decision: Omit<Decision, 'standing'>;
}

/** What was stored is JSON that was parsed when it came. */
export const proposalOf = ({ proposal }: Pick<ReviewCaseRow, 'proposal'>): Proposal | null =>
  proposal === null ? null : (JSON.parse(proposal) as Proposal);

export const messageOf = ({ number, at, role, template, text }: CaseMessageRow): CaseMessage => ({
  number,
  at,
  by: role,
  ...(template === null ? {} : { template: saidByTemplate(template) }),
  ...(text === null ? {} : { text }),
});

/** Whether two reviewers must agree before what was applied for is approved. */
export const needsSecondFor = (row: ApplicationRow, granted?: Decision['category']): boolean =>
  row.purpose === 'public-account' && needsSecond([publicOf(row).category, granted]);
