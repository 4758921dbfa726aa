import { expect, it } from 'vitest';
import { dateOf, endOf, inAYear, startOf } from './dates.ts';

it('writes and reads the same day', () => {
  const noon = new Date(2027, 2, 9, 12).getTime();
  expect(dateOf(noon)).toBe('2027-03-09');
  expect(dateOf(endOf('2027-03-09') ?? 0)).toBe('2027-03-09');
  expect(dateOf(startOf('2027-03-09') ?? 0)).toBe('2027-03-09');
  expect(startOf('2027-03-09')).toBeLessThan(noon);
  expect(endOf('2027-03-09')).toBeGreaterThan(noon);
});

it.each(['', 'soon', '2027-3-9', '9.3.2027'])('%j is no day', (text) => expect(endOf(text)).toBeUndefined());

it('is the same day a year later', () => {
  expect(dateOf(inAYear(new Date(2026, 10, 23).getTime()))).toBe('2027-11-23');
});
