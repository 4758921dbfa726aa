import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';
import type { SignedIn } from '../session/signed-in.ts';

/** Milliseconds: a week. */
const REST = 7 * 24 * 60 * 60_000;

/** Whether it is time to remind somebody that a recovery key is still to be made. Whoever puts it off is left in peace. */
export class Reminder {
  readonly #kept: KeptText;
  readonly #key: string;
  readonly #isDue: Source<boolean>;

  private constructor({ kept, userId }: SignedIn) {
    this.#kept = kept;
    this.#key = `byline.recovery-later ${userId}`;
    this.#isDue = new Source(Date.now() - Number(kept.read(this.#key) ?? 0) > REST);
  }

  /** The same for the same person. */
  static of(account: SignedIn): Reminder {
    const there = all.get(account);
    if (there !== undefined) return there;
    const made = new Reminder(account);
    all.set(account, made);
    return made;
  }

  get isDue(): Observable<boolean> {
    return this.#isDue;
  }

  readonly later = (): void => {
    this.#kept.write(this.#key, String(Date.now()));
    this.#isDue.set(false);
  };
}

const all = new WeakMap<SignedIn, Reminder>();
