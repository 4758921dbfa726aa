import { type ReviewTimes, reviewTimes } from '@byline/core/identity/review-times.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { SubjectStore } from './store.ts';

/** How many of the newest answers are measured. */
const ANSWERS = 100;
/** For how long what was measured is said again, in milliseconds. */
const GOOD_FOR = 60_000;

/** How long a review takes, as it was measured; nobody promises it. */
export class WaitingTimes {
  readonly #store: SubjectStore;
  readonly #clock: Clock;
  #last: { readonly at: number; readonly times: Promise<ReviewTimes | null> } | undefined;

  constructor({ store, clock }: { readonly store: SubjectStore; readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Of the last answers; `null`: there were too few. */
  measured(): Promise<ReviewTimes | null> {
    const now = this.#clock.now();
    if (this.#last !== undefined && now < this.#last.at + GOOD_FOR) return this.#last.times;
    const times = this.#measure();
    this.#last = { at: now, times };
    times.catch(() => {
      this.#last = undefined;
    });
    return times;
  }

  async #measure(): Promise<ReviewTimes | null> {
    return reviewTimes(await this.#store.stepsOfAnswered(ANSWERS), ANSWERS);
  }
}
