import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { createHmac } from 'node:crypto';

const DAY_MS = 24 * 60 * 60_000;
const DIGITS = 6;

/** The day of a moment, in UTC, such as `2026-11-24`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** When the next day begins, in milliseconds since the epoch. */
export const nextDayAfter = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS;

/**
 * What somebody says in a video, so that it can't have been made before that day, or for another application. Nothing
 * is kept of it: it is derived again when a reviewer compares.
 */
export const codeOfTheDay = (secret: string, application: ApplicationId, day: string): string => {
  const digest = createHmac('sha256', secret).update(`${day} ${application}`).digest();
  return String(digest.readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, '0');
};

/** What may be said in a video that came at a moment: it may have been made shortly before midnight. */
export const codesFor = (
  secret: string,
  application: ApplicationId,
  at: number,
): { readonly day: string; readonly code: string }[] =>
  [at, at - DAY_MS].map((moment) => {
    const day = dayOf(moment);
    return { day, code: codeOfTheDay(secret, application, day) };
  });
