/**
 * A count as everybody may read it: two figures, rounded down, so that nobody can tell by it that somebody came or went.
 * Fewer than ten are 0.
 */
export const roundedCount = (count: number): number => {
  if (count < 10) return 0;
  const step = 10 ** Math.max(1, Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
};
