import { z } from 'zod';
import type { KeptText } from '../kept-text.ts';

/** Who is signed in on this device, and by what. */
export interface Credentials {
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** When the access token ends, in milliseconds since 1970; absent: never. */
  readonly expiresAt?: number | undefined;
}

const Credentials = z.object({
  userId: z.string(),
  deviceId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number().optional(),
});

const KEY = 'byline.session';

/** The credentials, as the browser keeps them over a reload and for all tabs. */
export class KeptCredentials {
  readonly #kept: KeptText;

  constructor(kept: KeptText) {
    this.#kept = kept;
  }

  read(): Credentials | undefined {
    const text = this.#kept.read(KEY);
    if (text === undefined) return undefined;
    try {
      return Credentials.safeParse(JSON.parse(text)).data;
    } catch {
      // What another version wrote; the person signs in again.
      return undefined;
    }
  }

  write(credentials: Credentials): void {
    this.#kept.write(KEY, JSON.stringify(credentials));
  }

  clear(): void {
    this.#kept.remove(KEY);
  }

  /** Tells when another tab signed in, signed out, or renewed the tokens. */
  onChangeElsewhere(listener: () => void): void {
    this.#kept.onChangeElsewhere((key) => {
      if (key === KEY) listener();
    });
  }
}
