import type { Session } from '../../platform/http/session.ts';

/** A token that was looked up: who it is, until when. */
export interface KnownToken {
  readonly session: Session;
  readonly expiresAt: number | null;
  /** When its device was last seen, as far as that is or will soon be written. */
  seenAt: number;
}

const MOST_TOKENS = 200_000;

/** The tokens in use, kept in memory by their hash, so that knowing a caller takes no query. */
export class KnownTokens {
  readonly #tokens = new Map<string, KnownToken>();
  #revocations = 0;

  get(hash: string): KnownToken | undefined {
    return this.#tokens.get(hash);
  }

  /** Looks a token up and keeps it. One that was revoked while the query ran is looked up again. */
  async load(hash: string, find: () => Promise<KnownToken | undefined>): Promise<KnownToken | undefined> {
    for (;;) {
      const before = this.#revocations;
      const found = await find();
      if (this.#revocations !== before) continue;
      if (found !== undefined) this.#keep(hash, found);
      return found;
    }
  }

  /** Forgets tokens, after they were deleted. */
  revoke(hashes: readonly string[]): void {
    this.#revocations += 1;
    for (const hash of hashes) this.#tokens.delete(hash);
  }

  #keep(hash: string, token: KnownToken): void {
    if (this.#tokens.size >= MOST_TOKENS) {
      const [oldest] = this.#tokens.keys();
      if (oldest !== undefined) this.#tokens.delete(oldest);
    }
    this.#tokens.set(hash, token);
  }
}
