import type { PersonId } from '../content/people.ts';
import type { Resident } from '../http/resident.ts';
import type { Pictures } from '../pictures/pictures.ts';
import type { Schedule } from './schedule.ts';
import { type When, timeOf } from './when.ts';

/** Linden, as far as the story has come. */
export class Town {
  readonly url: string;
  readonly now: number;
  readonly pictures: Pictures;
  readonly schedule: Schedule;
  readonly #residents = new Map<PersonId, Resident>();

  constructor(parts: {
    readonly url: string;
    readonly now: number;
    readonly pictures: Pictures;
    readonly schedule: Schedule;
  }) {
    this.url = parts.url;
    this.now = parts.now;
    this.pictures = parts.pictures;
    this.schedule = parts.schedule;
  }

  /** Somebody has moved here. */
  welcome(person: PersonId, resident: Resident): void {
    this.#residents.set(person, resident);
  }

  resident(person: PersonId): Resident {
    const resident = this.#residents.get(person);
    if (resident === undefined) throw new Error(`"${person}" does not live in Linden yet.`);
    return resident;
  }

  get residents(): readonly Resident[] {
    return [...this.#residents.values()];
  }

  /** Milliseconds since the epoch. */
  time(when: When): number {
    return timeOf(when, this.now);
  }

  /** Lets something happen at a time. */
  at(time: number | When, play: () => Promise<unknown>): void {
    this.schedule.add(typeof time === 'number' ? time : this.time(time), play);
  }
}
