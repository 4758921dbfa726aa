import type { Session } from '../../platform/http/session.ts';

/** A token that was looked up: who it is, until when. */
export interface KnownToken {
  readonly session: Session;
  readonly expiresAt: number | null;
  /** When its device was last seen, as far as that is or will soon be written. */
  seenAt: number;
}

const MOST_TOKENS = 200_000;

interface Load {
  revoked: boolean;
  readonly result: Promise<KnownToken | undefined>;
}

/** The tokens in use, kept in memory by their hash, so that knowing a caller takes no query. */
export class KnownTokens {
  readonly #tokens = new Map<string, KnownToken>();
  readonly #loads = new Map<string, Load>();

  get(hash: string): KnownToken | undefined {
    return this.#tokens.get(hash);
  }

  /** Looks a token up and keeps it. One that was revoked while the query ran is looked up again. */
  load(hash: string, find: () => Promise<KnownToken | undefined>): Promise<KnownToken | undefined> {
    const running = this.#loads.get(hash);
    if (running !== undefined) return running.result;
    const load: Load = { revoked: false, result: Promise.resolve().then(() => this.#run(hash, load, find)) };
    this.#loads.set(hash, load);
    return load.result;
  }

  /** Forgets tokens, after they were deleted. */
  revoke(hashes: readonly string[]): void {
    for (const hash of hashes) {
      this.#tokens.delete(hash);
      const load = this.#loads.get(hash);
      if (load !== undefined) load.revoked = true;
    }
  }

  async #run(hash: string, load: Load, find: () => Promise<KnownToken | undefined>): Promise<KnownToken | undefined> {
    try {
      let found: KnownToken | undefined;
      do {
        load.revoked = false;
        found = await find();
      } while (load.revoked);
      if (found !== undefined) this.#keep(hash, found);
      return found;
    } finally {
      this.#loads.delete(hash);
    }
  }

  #keep(hash: string, token: KnownToken): void {
    if (this.#tokens.size >= MOST_TOKENS) {
      const [oldest] = this.#tokens.keys();
      if (oldest !== undefined) this.#tokens.delete(oldest);
    }
    this.#tokens.set(hash, token);
  }
}
