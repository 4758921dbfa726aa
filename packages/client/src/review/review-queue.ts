import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import {
  claimCase,
  countReviewQueue,
  listReviewQueue,
  type QueuedCase,
  type QueueName,
  releaseCase,
  searchCases,
} from '@byline/protocol/byline/review.ts';
import type { z } from 'zod';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';

export type QueueCounts = z.output<(typeof countReviewQueue)['answer']>;

/** What of the queue is shown. What is searched for is found everywhere, also among what was decided. */
export interface QueueFilter {
  readonly which: QueueName;
  readonly category: QueueCategory | undefined;
  readonly search: string;
}

export interface QueueState {
  /** The oldest first. */
  readonly cases: readonly QueuedCase[];
  readonly state: 'loading' | 'more' | 'ready' | 'failed';
  readonly filter: QueueFilter;
  /** `undefined`: not known yet. */
  readonly counts: QueueCounts | undefined;
}

/** Colleagues take and decide cases too, so what is shown is asked for again, in milliseconds. */
const LOOK_AGAIN = 10_000;

const EVERYTHING: QueueFilter = { which: 'waiting', category: undefined, search: '' };

/** What waits for a reviewer. */
export class ReviewQueue {
  readonly #api: Api;
  readonly #state: Source<QueueState>;
  /** How many pages are shown, so that looking again brings as many. */
  #pages = 1;
  #attempt = 0;

  constructor(api: Api) {
    this.#api = api;
    this.#state = new Source<QueueState>({ cases: [], state: 'loading', filter: EVERYTHING, counts: undefined }, () =>
      this.#keepLooking(),
    );
  }

  get state(): Observable<QueueState> {
    return this.#state;
  }

  /** Asks anew. What was there stays until the answer comes. Never rejects: what went wrong is in the state. */
  readonly reload = async (): Promise<void> => {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const { filter } = this.#state.get();
      const [{ cases, next }, counts] = await Promise.all([this.#fetch(filter), this.#api.call(countReviewQueue)]);
      if (attempt !== this.#attempt) return;
      this.#state.set({ cases, counts, filter, state: next === undefined ? 'ready' : 'more' });
    } catch {
      if (attempt === this.#attempt) this.#state.update((before) => ({ ...before, state: 'failed' }));
    }
  };

  /** Shows other cases. */
  filter(change: Partial<QueueFilter>): void {
    this.#pages = 1;
    this.#state.update((before) => ({
      ...before,
      filter: { ...before.filter, ...change },
      state: 'loading',
      cases: [],
    }));
    void this.reload();
  }

  readonly readOn = (): void => {
    if (this.#state.get().state !== 'more') return;
    this.#pages += 1;
    void this.reload();
  };

  /** Takes a case. Throws `ApiError` (`BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`). */
  async claim(queued: Pick<QueuedCase, 'id'>): Promise<void> {
    try {
      await this.#api.call(claimCase, { params: { id: queued.id } });
    } finally {
      await this.reload();
    }
  }

  /** Gives a case back. Throws `ApiError` (`BYLINE_CASE_CONFLICT`). */
  async release(queued: Pick<QueuedCase, 'id'>): Promise<void> {
    try {
      await this.#api.call(releaseCase, { params: { id: queued.id } });
    } finally {
      await this.reload();
    }
  }

  async #fetch({
    which,
    category,
    search,
  }: QueueFilter): Promise<{ readonly cases: readonly QueuedCase[]; readonly next: string | undefined }> {
    if (search.trim() !== '')
      return { ...(await this.#api.call(searchCases, { query: { q: search } })), next: undefined };
    const cases: QueuedCase[] = [];
    let next: string | undefined;
    for (let page = 0; page < this.#pages; page += 1) {
      const answer = await this.#api.call(listReviewQueue, { query: { which, category, from: next } });
      cases.push(...answer.cases);
      next = answer.next;
      if (next === undefined) break;
    }
    return { cases, next };
  }

  #keepLooking(): () => void {
    void this.reload();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.reload();
    }, LOOK_AGAIN);
    return () => clearInterval(timer);
  }
}
