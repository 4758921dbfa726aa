import { type Observable, Source } from '../observable.ts';

interface Waiting {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly act: () => Promise<void>;
}

/** How long one can think again, in milliseconds; the notice that offers it stays as long. */
export const TIME_TO_UNDO = 10_000;

/**
 * What a person did and may take back for a while: it is hidden at once and carried out later, or when the page is left.
 * @example leaving a conversation, deleting a message
 */
export class Undoable {
  readonly #waiting = new Map<string, Waiting>();
  readonly #hidden = new Source<ReadonlySet<string>>(new Set());
  readonly #onFailed: (error: unknown) => void;

  /** @param onFailed hears why something could not be carried out; what it was about is shown again. */
  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
    if (typeof addEventListener === 'function') addEventListener('pagehide', () => this.flush());
  }

  /** The ids of what isn't shown any more, until it is really gone or was taken back. */
  get hidden(): Observable<ReadonlySet<string>> {
    return this.#hidden;
  }

  /** Hides `id` and calls `act` when the time is over. */
  begin(id: string, act: () => Promise<void>): void {
    if (this.#waiting.has(id)) return;
    const timer = setTimeout(() => this.#carryOut(id), TIME_TO_UNDO);
    this.#waiting.set(id, { timer, act });
    this.#hidden.update((hidden) => new Set([...hidden, id]));
  }

  /** Takes it back, when it is not too late. */
  undo(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    this.#show(id);
  }

  /** Carries out at once all that waits. */
  flush(): void {
    for (const id of this.#waiting.keys()) this.#carryOut(id);
  }

  #carryOut(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    waiting.act().catch((error: unknown) => {
      this.#show(id);
      this.#onFailed(error);
    });
  }

  #show(id: string): void {
    this.#hidden.update((hidden) => new Set([...hidden].filter((each) => each !== id)));
  }
}
