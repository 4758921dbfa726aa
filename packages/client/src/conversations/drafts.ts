import type { KeptText } from '../kept-text.ts';
import { type Observable, Source } from '../observable.ts';

const prefixOf = (userId: string): string => `byline.draft ${userId} `;

/** Deletes what somebody typed and did not send. */
export function forgetDrafts(kept: KeptText, userId: string): void {
  for (const key of kept.keys()) {
    if (key.startsWith(prefixOf(userId))) kept.remove(key);
  }
}

/** What was typed and not sent, in each room of one account, kept over a reload. */
export class Drafts {
  readonly #kept: KeptText;
  readonly #prefix: string;
  readonly #texts: Source<ReadonlyMap<string, string>>;

  constructor(kept: KeptText, userId: string) {
    this.#kept = kept;
    this.#prefix = prefixOf(userId);
    const keys = kept.keys().filter((key) => key.startsWith(this.#prefix));
    this.#texts = new Source<ReadonlyMap<string, string>>(
      new Map(keys.map((key) => [key.slice(this.#prefix.length), kept.read(key) ?? ''])),
    );
  }

  /** Room ids, each with its text; without those that have none. */
  get texts(): Observable<ReadonlyMap<string, string>> {
    return this.#texts;
  }

  read(roomId: string): string {
    return this.#texts.get().get(roomId) ?? '';
  }

  write(roomId: string, text: string): void {
    const texts = new Map(this.#texts.get());
    if (text.trim() === '') {
      this.#kept.remove(this.#prefix + roomId);
      if (!texts.delete(roomId)) return;
    } else {
      this.#kept.write(this.#prefix + roomId, text);
      texts.set(roomId, text);
    }
    this.#texts.set(texts);
  }
}
