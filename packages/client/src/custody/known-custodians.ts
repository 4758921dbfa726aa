/** Where it is kept over a reload. */
interface Kept {
  readonly read: (key: string) => string | undefined;
  readonly write: (key: string, text: string) => void;
}

const KEY = 'byline.custodians';

/**
 * To which custodians this browser has sealed before. A server that names others must show how they follow from these, and
 * can't say any more that there are none.
 */
export class KnownCustodians {
  readonly #kept: Kept;

  constructor(kept: Kept) {
    this.#kept = kept;
  }

  /** Hash of their set (`setHash`); `undefined`: this browser knows none yet. */
  get hash(): string | undefined {
    return this.#kept.read(KEY);
  }

  keep(hash: string): void {
    this.#kept.write(KEY, hash);
  }
}
