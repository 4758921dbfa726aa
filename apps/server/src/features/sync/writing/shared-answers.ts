import type { Changes } from '../news/changes.ts';
import type { SyncContext } from '../context.ts';
import type { UserView } from '../waiting/view.ts';

/** An answer to a `/sync`; `undefined`: there is nothing to tell. */
export type Answer = string | undefined;

const ANSWERS_KEPT = 200;

/**
 * Whole answers that many wait for at once: made by the first who asks, and there already for the others. Were each to
 * make its own, thousands would be under way side by side, and what they leave behind would cost more than the work.
 */
export class SharedAnswers {
  readonly #answers = new Map<string, Answer | Promise<Answer>>();

  of(key: string, make: () => Promise<Answer>): Answer | Promise<Answer> {
    if (this.#answers.has(key)) return this.#answers.get(key);
    const making = make();
    this.#keep(key, making);
    making.then(
      (answer) => this.#replace(key, making, answer),
      () => this.#answers.delete(key),
    );
    return making;
  }

  clear(): void {
    this.#answers.clear();
  }

  #replace(key: string, making: Promise<Answer>, answer: Answer): void {
    if (this.#answers.get(key) === making) this.#answers.set(key, answer);
  }

  #keep(key: string, making: Promise<Answer>): void {
    if (this.#answers.size >= ANSWERS_KEPT) this.#forgetOldest();
    this.#answers.set(key, making);
  }

  #forgetOldest(): void {
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined) this.#answers.delete(oldest);
  }
}

/**
 * Tells answers apart that are the same for everybody: there is news in rooms of public accounts alone, none of it is the
 * reader's own, and the reader's standing has not changed. `undefined`: the answer is for this reader alone.
 */
export const keyOfShared = (view: UserView, changes: Changes, context: SyncContext): string | undefined => {
  const { rooms, standings, receipts, accountData, encryption, hasOwn } = changes;
  if (context.since === undefined || context.fullState || hasOwn) return undefined;
  if (standings.size > 0 || receipts.size > 0 || accountData.length > 0 || encryption?.length !== 0) return undefined;
  let key = `${context.since} ${context.upTo} ${context.filterKey}`;
  for (const roomId of rooms) {
    if (!view.accounts.has(roomId)) return undefined;
    key += ` ${roomId}`;
  }
  return key;
};
