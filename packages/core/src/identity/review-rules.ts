import type { Category } from '@byline/protocol/byline/identity.ts';

/** How many reviewers must agree before an account of a category may publish; what is not here: one. */
const REVIEWERS_NEEDED: Readonly<Partial<Record<Category, number>>> = {
  news: 2,
  health: 2,
  'public-services': 2,
};

/**
 * Whether an approval needs a second reviewer. All categories count that are in play, the applicant's and the one that the
 * reviewer would grant: nobody gets around the second look by naming another one.
 */
export const needsSecond = (categories: readonly (Category | undefined)[]): boolean =>
  categories.some((category) => category !== undefined && (REVIEWERS_NEEDED[category] ?? 1) > 1);

/** `second`: an approval was proposed, and another reviewer confirms it or sends it back. */
export const STAGES = ['first', 'second'] as const;
export type Stage = (typeof STAGES)[number];

/** What was done with a case, as far as it bars somebody from deciding it again. */
export const JUDGEMENTS = ['proposed', 'sent-back', 'approved', 'refused', 'changes-asked', 'appealed'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

/** Why somebody may not take a case. */
export type Bar = 'proposed' | 'was-second' | 'decided-before';

export interface Judged {
  readonly by: string;
  readonly judgement: Judgement;
}

/**
 * Why a reviewer may not take a case that stands in a stage; `undefined`: they may. Nobody confirms what they have proposed
 * themselves or is second in a case twice, and an appeal is heard by somebody who decided nothing in it.
 *
 * @param judged what was done with the case, the oldest first
 */
export const barOf = (stage: Stage, reviewer: string, judged: readonly Judged[]): Bar | undefined => {
  const appeal = judged.findLastIndex(({ judgement }) => judgement === 'appealed');
  if (judged.slice(0, Math.max(0, appeal)).some(({ by }) => by === reviewer)) return 'decided-before';
  if (stage === 'first') return undefined;
  const own = judged.filter(({ by }) => by === reviewer);
  if (own.some(({ judgement }) => judgement === 'proposed')) return 'proposed';
  return own.some(({ judgement }) => judgement === 'sent-back') ? 'was-second' : undefined;
};
