import type { ApplicationState } from '@byline/protocol/byline/identity.ts';
import type { PolicyValues } from '@byline/protocol/byline/policy.ts';

/** What is known of somebody when it is asked what they may do. */
export interface Known {
  /** An approved identity: their own, or that of a publisher for whom they applied. */
  readonly verified: boolean;
  /** The provider's own people are known to it already, so they need no check to talk. */
  readonly staff: boolean;
  /** Their newest application that may still lead to an approval. */
  readonly open: Exclude<ApplicationState, 'approved' | 'refused' | 'withdrawn'> | undefined;
}

export type ToDo = 'apply' | 'continue' | 'wait' | 'correct';

const NEXT: Readonly<Record<NonNullable<Known['open']>, ToDo>> = {
  draft: 'continue',
  submitted: 'wait',
  'in-review': 'wait',
  'question-asked': 'correct',
  'changes-asked': 'correct',
};

/** Whether somebody may talk and publish under a policy, and if not, what they can do about it. */
export const mayTalk = (
  policy: PolicyValues['identity.required'],
  { verified, staff }: Pick<Known, 'verified' | 'staff'>,
): boolean => policy !== 'everyone' || verified || staff;

/** What somebody who may not talk does next. */
export const nextStep = ({ open }: Pick<Known, 'open'>): ToDo => (open === undefined ? 'apply' : NEXT[open]);
