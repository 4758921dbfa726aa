import { unlockKey } from '@byline/core/sealing/key-file.ts';
import type { SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { type Observable, Source } from '../observable.ts';

/** How long a key stays open while nobody uses it, in milliseconds. */
const IDLE = 15 * 60_000;

/**
 * The reviewers' keys that are open in this page. They are in memory alone, in a form that can't be exported, and are
 * forgotten when they are locked, when the desk is left, and after a while in which nobody used them.
 */
export class OpenKeys {
  readonly #keys = new Source<ReadonlyMap<string, SealingKeyPair>>(new Map());
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** By their ids. */
  get keys(): Observable<ReadonlyMap<string, SealingKeyPair>> {
    return this.#keys;
  }

  /** Opens a key file. Throws `SealingError` (`not-a-key-file`, `newer-key-file`, `wrong-passphrase`). */
  async open(file: Blob, passphrase: string): Promise<string> {
    const pair = await unlockKey(await file.text(), passphrase);
    this.#keys.update((keys) => new Map(keys).set(pair.kid, pair));
    this.used();
    return pair.kid;
  }

  /** A key that is open; `undefined` if it isn't. */
  key(kid: string): SealingKeyPair | undefined {
    return this.#keys.get().get(kid);
  }

  /** Somebody works with the keys, so they stay open. */
  readonly used = (): void => {
    clearTimeout(this.#idle);
    if (this.#keys.get().size > 0) this.#idle = setTimeout(this.lock, IDLE);
  };

  /** Forgets them. */
  readonly lock = (): void => {
    clearTimeout(this.#idle);
    if (this.#keys.get().size > 0) this.#keys.set(new Map());
  };
}
