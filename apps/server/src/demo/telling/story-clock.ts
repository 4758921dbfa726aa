import type { Clock } from '../../platform/clock.ts';

/** A clock that a story moves, forwards only. */
export class StoryClock implements Clock {
  #now: number;

  constructor(beginning: number) {
    this.#now = beginning;
  }

  now(): number {
    return this.#now;
  }

  moveTo(time: number): void {
    if (time < this.#now) throw new Error('A story does not go back in time.');
    this.#now = time;
  }
}
