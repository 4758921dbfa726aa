import { DAY_MS } from '../provider/days.ts';

/** When everyone must be verified, and who had an account before may still talk for a while. */
export interface Grace {
  /** Since when everyone must be, in milliseconds since the epoch. */
  readonly since: number;
  /** 0: none. */
  readonly days: number;
}

/** Until when it lasts for those who have it; `since` itself where there is none. */
export const graceEnd = ({ since, days }: Grace): number => since + days * DAY_MS;

/** Until when an account may talk without being verified; `undefined`: it may not (any more). */
export const mayTalkUntil = (grace: Grace, createdAt: number, now: number): number | undefined => {
  const end = graceEnd(grace);
  return createdAt < grace.since && now < end ? end : undefined;
};
