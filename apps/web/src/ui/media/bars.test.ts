import { describe, expect, it } from 'vitest';
import { barsOf } from './bars.ts';

const heights = (peaks: readonly number[], count: number) => barsOf(peaks, count).map((bar) => bar.peak);

describe('barsOf', () => {
  it.each([
    ['as many', [0.1, 0.5, 1], 3, [0.1, 0.5, 1]],
    ['fewer bars take the loudest', [0.1, 0.9, 0.4, 0.2], 2, [0.9, 0.4]],
    ['more bars repeat', [0.2, 0.8], 4, [0.2, 0.2, 0.8, 0.8]],
    ['nothing is silence', [], 2, [0, 0]],
    ['out of bounds is cut', [-1, 7], 2, [0, 1]],
  ])('%s', (_, peaks, count, expected) => expect(heights(peaks, count)).toEqual(expected));
});
