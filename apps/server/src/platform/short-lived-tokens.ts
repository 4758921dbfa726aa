import { hash, randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

const SECRET_BYTES = 32;

interface Held<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/**
 * Tokens that stand for something for minutes. They are kept in memory, as hashes: a restart only means that who holds one
 * asks for another. When there are too many, the oldest end early.
 */
export class ShortLivedTokens<Value> {
  readonly #clock: Clock;
  readonly #lifetime: number;
  readonly #most: number;
  /** Oldest first. */
  readonly #held = new Map<string, Held<Value>>();

  constructor(parts: { readonly clock: Clock; readonly lifetime: number; readonly most: number }) {
    this.#clock = parts.clock;
    this.#lifetime = parts.lifetime;
    this.#most = parts.most;
  }

  issue(value: Value): string {
    this.#sweep();
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    this.#held.set(digestOf(token), { value, expiresAt: this.#clock.now() + this.#lifetime });
    return token;
  }

  /** What a token stands for. */
  find(token: string): Value | undefined {
    const held = this.#held.get(digestOf(token));
    return held === undefined || held.expiresAt <= this.#clock.now() ? undefined : held.value;
  }

  /** The same, once. */
  take(token: string): Value | undefined {
    const value = this.find(token);
    this.#held.delete(digestOf(token));
    return value;
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [digest, { expiresAt }] of this.#held) {
      if (expiresAt > now && this.#held.size < this.#most) return;
      this.#held.delete(digest);
    }
  }
}

/** A token has 256 random bits, so a plain hash is enough. */
const digestOf = (token: string): string => hash('sha256', token, 'base64url');
