import { expect, test } from 'vitest';
import { roundedCount } from './rounded-count.ts';

test.each([
  [0, 0],
  [1, 0],
  [9, 0],
  [10, 10],
  [19, 10],
  [99, 90],
  [100, 100],
  [117, 110],
  [999, 990],
  [1000, 1000],
  [1299, 1200],
  [10_000, 10_000],
  [5_812_345, 5_800_000],
])('%i is told as %i', (count, told) => {
  expect(roundedCount(count)).toBe(told);
});
