import { describe, expect, it } from 'vitest';
import { dueReminder, verificationEnd } from './verification-end.ts';

const DAY = 86_400_000;
const day = (count: number): number => count * DAY;

describe('when a verification of day 100 ends', () => {
  it.each([
    ['as the review said', 300, [[365, 0]], 300],
    ['by the lifetime', 1_000, [[365, 0]], 465],
    [
      'by a shorter one that is to come',
      300,
      [
        [365, 0],
        [30, 200],
      ],
      200,
    ],
    [
      'before a shorter one comes',
      150,
      [
        [365, 0],
        [30, 200],
      ],
      150,
    ],
    [
      'later, because a longer one comes in time',
      1_000,
      [
        [200, 0],
        [600, 250],
      ],
      700,
    ],
    [
      'in time, because the longer one comes too late',
      1_000,
      [
        [200, 0],
        [600, 301],
      ],
      300,
    ],
    ['by one that holds already and is shorter than its age', 1_000, [[10, 0]], 110],
  ])('%s', (_name, expires, lifetimes, expected) => {
    const schedule = lifetimes.map(([days = 0, from = 0]) => ({ days, from: day(from) }));
    expect(verificationEnd({ verifiedAt: day(100), expires: day(expires) }, schedule)).toBe(day(expected));
  });
});

describe('what is said of one that ends on day 100', () => {
  it.each([
    [39, undefined, undefined],
    [40, undefined, 60],
    [40, 60, undefined],
    [70, 60, 30],
    [93, 30, 7],
    [99, 7, undefined],
    [100, 7, 0],
    [500, 0, undefined],
    // The clock jumps ahead, and back.
    [95, undefined, 7],
    [50, 7, undefined],
    [100, undefined, 0],
  ])('on day %i, after %s: %s', (now, given, expected) =>
    expect(dueReminder(day(100), day(now), given)).toBe(expected),
  );
});
