import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const MINUTE = 60_000;
const STEPS = [
  [24 * 60 * MINUTE, 'day'],
  [60 * MINUTE, 'hour'],
  [MINUTE, 'minute'],
] as const;

/** How long something waits, in the largest unit that fits: `3 days`, `20 minutes`. */
export function useWaiting(): (since: number, now: number) => string {
  const { i18n } = useTranslation();
  return useCallback(
    (since, now) => {
      const waited = Math.max(MINUTE, now - since);
      const [size, unit] = STEPS.find(([step]) => waited >= step) ?? [MINUTE, 'minute' as const];
      const count = Math.floor(waited / size);
      return new Intl.NumberFormat(i18n.language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
    },
    [i18n.language],
  );
}
