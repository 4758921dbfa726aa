import { describe, expect, it, test } from 'vitest';
import { decided, runningSince, type Schedule, versionAt } from './schedule.ts';

const SCHEDULE: Schedule<string> = [
  { value: 'a', from: 10 },
  { value: 'b', from: 20 },
  { value: 'b', from: 30 },
  { value: 'a', from: 40 },
  { value: 'b', from: 40 },
  { value: 'c', from: 50 },
];

describe('what holds', () => {
  it.each([
    [9, undefined],
    [10, 'a'],
    [19, 'a'],
    [20, 'b'],
    [40, 'b'],
    [1_000, 'c'],
  ])('at %i: %s', (at, expected) => expect(versionAt(SCHEDULE, at)?.value).toBe(expected));
});

describe('since when it holds', () => {
  it.each([
    [9, undefined],
    [15, 10],
    [25, 20],
    // Decided again, and for no time at all decided otherwise.
    [35, 20],
    [45, 20],
    [55, 50],
  ])('at %i: %s', (at, expected) => expect(runningSince(SCHEDULE, at)).toBe(expected));
});

test('what is decided now comes after all that begins at the same time', () => {
  const added = { value: 'z', from: 40 };
  const schedule = decided(SCHEDULE, added);
  expect(schedule).toHaveLength(SCHEDULE.length + 1);
  expect([39, 40, 49, 50].map((at) => versionAt(schedule, at)?.value)).toEqual(['b', 'z', 'z', 'c']);
});
