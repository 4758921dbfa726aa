import type { Engine } from '../../../platform/engine/engine.ts';
import { AfterRefusal } from './after-refusal.ts';
import { CaseAccess } from './case-access.ts';
import type { CaseStore } from './case-store.ts';
import { Decisions, type DecisionsParts } from './decisions.ts';
import type { Intake } from './intake.ts';
import { Questions } from './questions.ts';
import { QueueStore } from './queue-store.ts';
import { Retention } from './retention.ts';
import { Review } from './review.ts';

type Shared = Omit<DecisionsParts, 'access' | 'retention' | 'verification'> &
  Omit<ConstructorParameters<typeof CaseAccess>[0], never> &
  Omit<ConstructorParameters<typeof Retention>[0], never> &
  Omit<ConstructorParameters<typeof Questions>[0], 'access'> & {
    readonly verification: DecisionsParts['verification'];
    readonly engine: Engine;
    readonly cases: CaseStore;
    readonly intake: Intake;
  };

/** How reviewers work, and what applicants can do about it. */
export interface Reviewing {
  readonly review: Review;
  readonly decisions: Decisions;
  readonly questions: Questions;
  readonly afterRefusal: AfterRefusal;
  readonly retention: Retention;
}

export const makeReviewing = (shared: Shared): Reviewing => {
  const access = new CaseAccess(shared);
  const retention = new Retention(shared);
  const parts = { ...shared, access, retention };
  return {
    retention,
    review: new Review({ ...parts, queueStore: new QueueStore(shared.engine.reader) }),
    decisions: new Decisions(parts),
    questions: new Questions(parts),
    afterRefusal: new AfterRefusal(parts),
  };
};
