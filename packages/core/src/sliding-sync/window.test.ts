import { expect, test } from 'vitest';
import { type Range, windowOf } from './window.ts';

const LIST = ['a', 'b', 'c', 'd', 'e', 'f'];

test.each<[name: string, ranges: readonly Range[] | undefined, shown: string]>([
  ['no ranges at all', undefined, 'abcdef'],
  ['an empty list of ranges', [], ''],
  ['the beginning', [[0, 1]], 'ab'],
  ['one place', [[2, 2]], 'c'],
  ['more than there is', [[4, 99]], 'ef'],
  ['beyond the end', [[6, 9]], ''],
  ['the wrong way round', [[3, 1]], ''],
  [
    'two apart',
    [
      [0, 1],
      [4, 5],
    ],
    'abef',
  ],
  [
    'two that overlap',
    [
      [0, 2],
      [1, 4],
    ],
    'abcde',
  ],
  [
    'one inside another',
    [
      [0, 4],
      [1, 2],
    ],
    'abcde',
  ],
  [
    'out of order',
    [
      [4, 5],
      [0, 0],
    ],
    'aef',
  ],
])('%s', (_name, ranges, shown) => {
  expect(windowOf(LIST, ranges).join('')).toBe(shown);
});
