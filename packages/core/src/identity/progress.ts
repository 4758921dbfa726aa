import type { ApplicationState } from '@byline/protocol/byline/identity.ts';
import type { Stage } from './review-rules.ts';

/** With whom an application is, by role. */
export type With =
  | 'applicant'
  | 'queue'
  | 'reviewer'
  | 'second-queue'
  | 'second-reviewer'
  | 'appeal-queue'
  | 'appeal-reviewer'
  | 'nobody';

/** What the applicant can do next. */
export type Next = 'fill-in' | 'correct' | 'answer' | 'withdraw' | 'appeal' | 'send-anew';

export interface Standing {
  readonly state: ApplicationState;
  readonly stage: Stage;
  readonly isAppealed: boolean;
  /** Whether a reviewer has it open now. */
  readonly isHeld: boolean;
  /** Whether a new application was made from it. */
  readonly isCorrected: boolean;
  /** Until when a refusal can be appealed or put right, in milliseconds since the epoch; `undefined`: not any more. */
  readonly openUntil: number | undefined;
}

/** With whom an application is. */
export const isWith = ({ state, stage, isAppealed, isHeld }: Standing): With => {
  if (state === 'draft' || state === 'changes-asked' || state === 'question-asked') return 'applicant';
  if (state !== 'submitted' && state !== 'in-review') return 'nobody';
  if (stage === 'second') return isHeld ? 'second-reviewer' : 'second-queue';
  if (isAppealed) return isHeld ? 'appeal-reviewer' : 'appeal-queue';
  return isHeld ? 'reviewer' : 'queue';
};

const NEXT: Readonly<Record<Exclude<ApplicationState, 'refused'>, readonly Next[]>> = {
  draft: ['fill-in', 'withdraw'],
  submitted: ['withdraw'],
  'in-review': ['withdraw'],
  'question-asked': ['answer', 'withdraw'],
  'changes-asked': ['correct', 'withdraw'],
  approved: [],
  withdrawn: [],
};

/** What the applicant can do. A refusal can be appealed once, and put right as long as what was sealed is kept. */
export const nextFor = ({ state, isAppealed, isCorrected, openUntil }: Standing): readonly Next[] => {
  if (state !== 'refused') return NEXT[state];
  if (isCorrected || openUntil === undefined) return [];
  return isAppealed ? ['send-anew'] : ['appeal', 'send-anew'];
};
