import { expect, test } from 'vitest';
import { usualTime } from './usual-time.ts';

test.each<[number[], ReturnType<typeof usualTime>]>([
  [[], null],
  [[1, 2, 3, 4], null],
  [[5, 1, 3, 2, 4], { median: 3, ninth_decile: 5, cases: 5 }],
  [[10, 20, 30, 40, 50, 60, 70, 80, 90, 1_000], { median: 50, ninth_decile: 90, cases: 10 }],
])('of %j it is %j', (times, usual) => {
  expect(usualTime(times)).toEqual(usual);
});
