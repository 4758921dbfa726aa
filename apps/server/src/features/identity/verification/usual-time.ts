import type { UsualTime } from '@byline/protocol/byline/verification.ts';

/** Fewer say too little, and could tell about a single applicant. */
const FEWEST_CASES = 5;

/** How long it usually takes, of the times that some cases took; `null`: too few to tell. */
export const usualTime = (times: readonly number[]): UsualTime | null => {
  if (times.length < FEWEST_CASES) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { median: at(0.5), ninth_decile: at(0.9), cases: sorted.length };
};
