/** When something happened: so many days ago at a time of day, or so many minutes ago. */
export type When = { readonly daysAgo: number; readonly at: `${number}:${number}` } | { readonly minutesAgo: number };

/**
 * So many days ago (1 or more), by the clock on the wall. Yesterday it may be at most 18:30, and "minutes ago" may be at
 * most 240, so that whatever was yesterday is before whatever is today, also just after midnight.
 */
export const day = (daysAgo: number, at: `${number}:${number}`): When => ({ daysAgo, at });

export const minutesAgo = (minutes: number): When => ({ minutesAgo: minutes });

/** Milliseconds since the epoch. */
export const timeOf = (when: When, now: number): number => {
  if ('minutesAgo' in when) return now - when.minutesAgo * 60_000;
  const time = new Date(now);
  time.setDate(time.getDate() - when.daysAgo);
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number);
  return time.setHours(hours, minutes, 0, 0);
};
