/** Policies count in days of 24 hours. */
export const DAY_MS = 24 * 60 * 60_000;
