import { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { codeOfTheDay, codesFor, dayOf, nextDayAfter } from './code-of-the-day.ts';

const ONE = ApplicationId.parse('application-one-1');
const TWO = ApplicationId.parse('application-two-2');
const NOON = Date.UTC(2026, 10, 24, 12);
const DAY = 24 * 60 * 60_000;

test('a code is of one day, one application and one server', () => {
  const code = codeOfTheDay('secret', ONE, '2026-11-24');
  expect(code).toMatch(/^\d{6}$/);
  expect(codeOfTheDay('secret', ONE, '2026-11-24')).toBe(code);
  expect(codeOfTheDay('secret', ONE, '2026-11-25')).not.toBe(code);
  expect(codeOfTheDay('secret', TWO, '2026-11-24')).not.toBe(code);
  expect(codeOfTheDay('another', ONE, '2026-11-24')).not.toBe(code);
});

test('a day ends at midnight, UTC', () => {
  expect(dayOf(NOON)).toBe('2026-11-24');
  expect(nextDayAfter(NOON)).toBe(Date.UTC(2026, 10, 25));
  expect(nextDayAfter(Date.UTC(2026, 10, 25))).toBe(Date.UTC(2026, 10, 26));
});

test('a video may have been made the day before it came', () => {
  const code = (day: string) => ({ day, code: codeOfTheDay('secret', ONE, day) });
  expect(codesFor('secret', ONE, NOON)).toEqual([code('2026-11-24'), code('2026-11-23')]);
  expect(codesFor('secret', ONE, NOON + DAY)).toEqual([code('2026-11-25'), code('2026-11-24')]);
});
