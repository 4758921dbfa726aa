const FRAGMENTS_KEPT = 2_000;

/** Texts that many receive, made once. Bounded; the oldest go first. */
export class Fragments {
  readonly #texts = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  keep(key: string, text: string): string {
    if (this.#texts.size >= FRAGMENTS_KEPT) this.#forgetOldest();
    this.#texts.set(key, text);
    return text;
  }

  clear(): void {
    this.#texts.clear();
  }

  #forgetOldest(): void {
    const [oldest] = this.#texts.keys();
    if (oldest !== undefined) this.#texts.delete(oldest);
  }
}
