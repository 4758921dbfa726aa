import type { MediaId } from '@byline/protocol/matrix/media.ts';

/** Longer nobody is kept waiting, whatever they ask for. */
const LONGEST_WAIT_MS = 60_000;

/** How long somebody waits for a file that is still to come. */
export interface Patience {
  readonly timeoutMs: number;
  /** Tells when they have gone away. */
  readonly onGone: (listener: () => void) => void;
}

/** Who waits for files whose addresses are known before they come. */
export class Arrivals {
  readonly #waiting = new Map<MediaId, Set<() => void>>();

  /** Resolves when the file has come, the time is over, or whoever waits has gone. `isThere` is asked once, at the start. */
  async wait(mediaId: MediaId, { timeoutMs, onGone }: Patience, isThere: () => Promise<boolean>): Promise<void> {
    if (timeoutMs <= 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = this.#waiting.get(mediaId) ?? new Set();
    this.#waiting.set(mediaId, waiting.add(resolve));
    const timer = setTimeout(resolve, Math.min(timeoutMs, LONGEST_WAIT_MS)).unref();
    onGone(resolve);
    // Only now, so that it can't come between the question and the waiting.
    if (await isThere()) resolve();
    await promise;
    clearTimeout(timer);
    waiting.delete(resolve);
    if (waiting.size === 0) this.#waiting.delete(mediaId);
  }

  /** Wakes all who wait for a file. */
  arrived(mediaId: MediaId): void {
    for (const resolve of this.#waiting.get(mediaId) ?? []) resolve();
  }
}
