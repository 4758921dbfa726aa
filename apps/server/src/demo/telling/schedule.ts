import type { StoryClock } from './story-clock.ts';

interface Scene {
  readonly at: number;
  readonly play: () => Promise<unknown>;
}

/** What is to happen, and when. It is written down in any order and happens in the order of time. */
export class Schedule {
  readonly #scenes: Scene[] = [];

  /** Of two at one time, the one that was added first is first. */
  add(at: number, play: () => Promise<unknown>): void {
    this.#scenes.push({ at, play });
  }

  /** Lets everything happen, one after the other. `onProgress` hears the share that has happened, from 0 to 1. */
  async play(clock: StoryClock, onProgress: (share: number) => void): Promise<void> {
    const scenes = this.#scenes.toSorted((one, other) => one.at - other.at);
    for (const [index, { at, play }] of scenes.entries()) {
      clock.moveTo(at);
      await play();
      onProgress((index + 1) / scenes.length);
    }
  }
}
