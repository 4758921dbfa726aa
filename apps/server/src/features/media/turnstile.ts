import { DomainError } from '@byline/protocol';

const RETRY_AFTER_MS = 5_000;

/** Lets only so many pieces of work run at a time; some more wait their turn, and beyond that they are refused. */
export class Turnstile {
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, mayWait: number) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /** Throws `M_LIMIT_EXCEEDED` when too many wait already. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#atOnce) {
      this.#running += 1;
      return;
    }
    if (this.#waiting.length >= this.#mayWait) {
      throw new DomainError('M_LIMIT_EXCEEDED', 'The server is busy with many pictures. Please try again soon.', {
        retry_after_ms: RETRY_AFTER_MS,
      });
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Who waits longest takes over the place, so the number of those that run stays as it is. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#running -= 1;
    else next();
  }
}
