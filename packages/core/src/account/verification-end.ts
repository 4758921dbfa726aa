import { DAY_MS } from '../provider/days.ts';

/** A verification that was given. Times are milliseconds since the epoch. */
export interface Verified {
  /** When a review last gave it. */
  readonly verifiedAt: number;
  /** When it ends by what the review said. */
  readonly expires: number;
}

/** How many days a verification lives at most, from a time on. */
export interface Lifetime {
  readonly days: number;
  readonly from: number;
}

/**
 * When a verification ends: as the review said, or before that where the policy lets none live so long.
 *
 * @param lifetimes that which holds now, then those to come, in the order in which they begin
 */
export const verificationEnd = ({ verifiedAt, expires }: Verified, lifetimes: readonly Lifetime[]): number => {
  for (const [index, { days, from }] of lifetimes.entries()) {
    const next = lifetimes[index + 1]?.from ?? Infinity;
    const ends = Math.max(verifiedAt + days * DAY_MS, index === 0 ? -Infinity : from);
    if (ends < next) return Math.min(ends, expires);
  }
  return expires;
};

/** So many days before the end its owner is reminded; 0: it has ended. */
export const REMINDER_DAYS = [60, 30, 7, 0] as const;
export type ReminderDays = (typeof REMINDER_DAYS)[number];

/**
 * What is to be said of a verification now, if anything: of several reminders that are due at once the last alone, and none
 * that comes before one that was given, whichever way the clock went since.
 *
 * @param given the fewest days at which something was said; `undefined`: nothing was
 */
export const dueReminder = (end: number, now: number, given: number | undefined): ReminderDays | undefined => {
  const due = REMINDER_DAYS.findLast((days) => end - now <= days * DAY_MS);
  return due !== undefined && (given === undefined || due < given) ? due : undefined;
};
