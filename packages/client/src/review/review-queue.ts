import { claimCase, listReviewQueue, type QueuedCase, releaseCase } from '@byline/protocol/byline/review.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';

export interface QueueState {
  /** The oldest first. */
  readonly cases: readonly QueuedCase[];
  readonly state: 'loading' | 'more' | 'ready' | 'failed';
}

/** Colleagues take and decide cases too, so what is shown is asked for again, in milliseconds. */
const LOOK_AGAIN = 10_000;

/** What waits for a reviewer. */
export class ReviewQueue {
  readonly #api: Api;
  readonly #state: Source<QueueState>;
  /** How many pages are shown, so that looking again brings as many. */
  #pages = 1;
  #attempt = 0;

  constructor(api: Api) {
    this.#api = api;
    this.#state = new Source<QueueState>({ cases: [], state: 'loading' }, () => this.#keepLooking());
  }

  get state(): Observable<QueueState> {
    return this.#state;
  }

  /** Asks anew. What was there stays until the answer comes. Never rejects: what went wrong is in the state. */
  readonly reload = async (): Promise<void> => {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      const { cases, next } = await this.#fetch();
      if (attempt === this.#attempt) this.#state.set({ cases, state: next === undefined ? 'ready' : 'more' });
    } catch {
      if (attempt === this.#attempt) this.#state.update((before) => ({ ...before, state: 'failed' }));
    }
  };

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

  async #fetch(): Promise<{ readonly cases: readonly QueuedCase[]; readonly next: string | undefined }> {
    const cases: QueuedCase[] = [];
    let next: string | undefined;
    for (let page = 0; page < this.#pages; page += 1) {
      const answer = await this.#api.call(listReviewQueue, { query: { from: next } });
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
