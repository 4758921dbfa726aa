import type { UserView } from './view.ts';

const LONGEST_WAIT_MS = 60_000;

/** One request that waits for news: until it is woken, its time is over, or its device has gone away. */
export class Waiting {
  readonly #view: UserView;
  readonly #endsAt: number;
  #timer: NodeJS.Timeout | undefined;
  #takeBack: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #isOver = false;

  constructor(
    view: UserView,
    request: { readonly timeoutMs: number; readonly onGone: (listener: () => void) => void },
  ) {
    this.#view = view;
    this.#endsAt = performance.now() + Math.min(request.timeoutMs, LONGEST_WAIT_MS);
    this.#isOver = request.timeoutMs <= 0;
    request.onGone(() => this.#finish());
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Resolves when there may be news. To be asked for before looking, so that nothing slips in between. */
  woken(): Promise<void> {
    this.#takeBack();
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#takeBack = this.#view.wait(resolve);
      if (!this.#isOver) this.#timer ??= setTimeout(() => this.#finish(), this.#endsAt - performance.now());
    });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#takeBack();
  }

  #finish(): void {
    this.#isOver = true;
    this.#wake();
  }
}
