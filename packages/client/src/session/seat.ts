import type { Source } from '../observable.ts';
import type { SeatState } from './signed-in.ts';

/** What one tab asks of the one that holds the seat. */
const LEAVE = 'leave';
/** A tab that sleeps answers late or never, in milliseconds. */
const PATIENCE = 4000;

/**
 * The one place of a device at which its keys are used and its news are fetched. The keys live in a store that has room
 * for one writer, and a message to the device is handed out once: two tabs would take both from each other. So one tab
 * holds a lock, and any other can ask it to leave.
 */
export class Seat {
  readonly #name: string;
  readonly #onLeave: () => Promise<void>;
  readonly #state: Source<SeatState>;
  readonly #channel: BroadcastChannel | undefined;
  #release: (() => void) | undefined;
  #isLeft = false;

  /**
   * @param name the same in all tabs of the device
   * @param state is changed as the seat is taken and given on
   * @param onLeave stops what uses the seat; the lock is given on when it is done
   */
  constructor(name: string, state: Source<SeatState>, onLeave: () => Promise<void>) {
    this.#name = name;
    this.#state = state;
    this.#onLeave = onLeave;
    // Outside of a browser there are no other tabs.
    const hasTabs = typeof document !== 'undefined';
    if (!hasTabs) state.set('here');
    this.#channel = hasTabs ? new BroadcastChannel(name) : undefined;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === LEAVE && this.#state.get() === 'here') void this.#giveOn();
    });
  }

  /** Takes the seat when it is free. */
  async ask(): Promise<void> {
    if (this.#isLeft || this.#state.get() === 'here') return;
    const isFree = await this.#hold({ ifAvailable: true });
    if (!isFree && !this.#isLeft) this.#state.set('elsewhere');
  }

  /** Takes the seat from whichever tab has it. */
  async takeOver(): Promise<void> {
    if (this.#isLeft || this.#state.get() === 'here') return;
    this.#channel?.postMessage(LEAVE);
    try {
      await this.#hold({ signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      // It did not answer in time, so it sleeps. When it wakes it finds that the lock is gone.
      await this.#hold({ steal: true });
    }
  }

  /** Gives the seat on for good, after whatever used it has stopped. */
  leave(): void {
    this.#isLeft = true;
    this.#channel?.close();
    this.#release?.();
  }

  /** Resolves, once the lock is asked for, with whether it was given. */
  #hold(options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const held = async (lock: Lock | null): Promise<void> => {
        if (lock === null || this.#isLeft) {
          resolve(false);
          return;
        }
        const released = new Promise<void>((release) => {
          this.#release = release;
        });
        this.#state.set('here');
        resolve(true);
        await released;
      };
      navigator.locks.request(this.#name, options, held).catch((error: unknown) => {
        // It was given and then taken away by force.
        if (this.#state.get() === 'here') void this.#giveOn();
        reject(error instanceof Error ? error : new Error('The lock could not be had.'));
      });
    });
  }

  async #giveOn(): Promise<void> {
    this.#state.set('elsewhere');
    await this.#onLeave();
    this.#release?.();
  }
}
