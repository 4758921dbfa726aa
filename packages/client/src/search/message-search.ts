import { derived, type Observable, Source } from '../observable.ts';
import { byTime, type FoundMessage } from './found.ts';
import type { Pages } from './pages.ts';

/** What was found so far, and how the search stands. */
export interface FoundMessages {
  readonly words: string;
  /** Newest first. */
  readonly messages: readonly FoundMessage[];
  /** `none` while nothing is looked for; `paused` when there may be more; `done` when everything was looked through. */
  readonly state: 'none' | 'looking' | 'paused' | 'done' | 'error';
  /** Up to when this device has looked back, in milliseconds since 1970. */
  readonly lookedBackTo: number | undefined;
}

/** Nobody types slower than that within a word, in milliseconds. */
const PAUSE = 300;
/** So many are found before one is asked whether to go on. */
const ENOUGH = 20;
const NOTHING: FoundMessages = { words: '', messages: [], state: 'none', lookedBackTo: undefined };

/** Looks for messages while somebody types. The newest question wins; one that takes long can be stopped and taken up again. */
export class MessageSearch {
  readonly found: Observable<FoundMessages>;
  readonly #pagesFor: (words: string) => readonly Pages[];
  readonly #found = new Source<FoundMessages>(NOTHING);
  #left: Pages[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Which run counts: whatever else comes back is of a question that nobody asks any more. */
  #run = 0;

  constructor(pagesFor: (words: string) => readonly Pages[]) {
    this.#pagesFor = pagesFor;
    this.found = derived([this.#found], () => this.#found.get());
  }

  look(typed: string): void {
    const words = typed.trim();
    if (words === this.#found.get().words) return;
    this.stop();
    if (words === '') {
      this.#found.set(NOTHING);
      return;
    }
    this.#left = [...this.#pagesFor(words)];
    this.#found.set({ ...NOTHING, words, state: 'looking' });
    this.#timer = setTimeout(this.goOn, PAUSE);
  }

  /** Looks on where it paused, was stopped, or failed. */
  readonly goOn = (): void => {
    this.#run += 1;
    this.#found.update((before) => ({ ...before, state: 'looking' }));
    void this.#lookOn(this.#run);
  };

  /** Stops; what was found stays. */
  readonly stop = (): void => {
    clearTimeout(this.#timer);
    this.#run += 1;
    this.#found.update((before) => (before.state === 'looking' ? { ...before, state: 'paused' } : before));
  };

  async #lookOn(run: number): Promise<void> {
    const enough = this.#found.get().messages.length + ENOUGH;
    try {
      while (this.#left.length > 0 && this.#found.get().messages.length < enough) {
        await this.#lookAtPage(run);
        if (run !== this.#run) return;
      }
      this.#found.update((before) => ({ ...before, state: this.#left.length > 0 ? 'paused' : 'done' }));
    } catch {
      // The list itself says that it could not be looked through, and offers to try again.
      if (run === this.#run) this.#found.update((before) => ({ ...before, state: 'error' }));
    }
  }

  async #lookAtPage(run: number): Promise<void> {
    const [pages] = this.#left;
    const page = await pages?.next();
    // A page that was read stays read: whoever goes on gets the next one.
    if (page === undefined || this.#left[0] !== pages) return;
    if (page.isLast) this.#left.shift();
    this.#found.update((before) => ({
      ...before,
      messages: page.found.length === 0 ? before.messages : [...before.messages, ...page.found].toSorted(byTime),
      lookedBackTo: page.lookedBackTo ?? before.lookedBackTo,
      state: run === this.#run ? 'looking' : before.state,
    }));
  }
}
