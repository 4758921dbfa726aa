import type { BlobId, Blobs } from '../../platform/blobs/blobs.ts';
import type { Clock } from '../../platform/clock.ts';
import type { MediaStore } from './store.ts';

/** A blob is there a moment before its row; one that is older and has none never will. */
const YOUNG_MS = 60 * 60 * 1_000;
const EVERY_MS = 24 * 60 * 60 * 1_000;
/** So that what starts only to end again (a test, a command) does not read the whole folder. */
const FIRST_AFTER_MS = 10 * 60 * 1_000;
const ASKED_AT_ONCE = 500;

/** Deletes blobs to which no row points: of uploads that a power cut interrupted between the two. */
export class Sweep {
  readonly #store: MediaStore;
  readonly #blobs: Blobs;
  readonly #clock: Clock;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(parts: { readonly store: MediaStore; readonly blobs: Blobs; readonly clock: Clock }) {
    this.#store = parts.store;
    this.#blobs = parts.blobs;
    this.#clock = parts.clock;
  }

  /** One round; the ids of the blobs that it deleted. */
  async run(): Promise<readonly BlobId[]> {
    const oldest = this.#clock.now() - YOUNG_MS;
    const deleted: BlobId[] = [];
    for await (const blobs of this.#blobs.list()) {
      if (this.#isStopped) break;
      const old = blobs.filter(({ since }) => since < oldest).map(({ id }) => id);
      for (let first = 0; first < old.length; first += ASKED_AT_ONCE) {
        const unknown = await this.#unknown(old.slice(first, first + ASKED_AT_ONCE));
        await Promise.all(unknown.map((id) => this.#blobs.delete(id)));
        deleted.push(...unknown);
      }
    }
    return deleted;
  }

  /** Runs `round` now and then, for as long as the server does. `onError` is told of one that fails. */
  start(round: () => Promise<unknown>, onError: (error: unknown) => void, after = FIRST_AFTER_MS): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#running = round()
        .catch(onError)
        .then(() => this.start(round, onError, EVERY_MS));
    }, after).unref();
  }

  /** Resolves when no round is under way any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #unknown(ids: readonly BlobId[]): Promise<readonly BlobId[]> {
    const known = await this.#store.known(ids);
    return ids.filter((id) => !known.has(id));
  }
}
