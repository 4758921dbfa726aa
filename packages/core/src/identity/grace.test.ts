import { expect, it } from 'vitest';
import { mayTalkUntil } from './grace.ts';

const DAY = 86_400_000;
const SINCE = 1_000 * DAY;

it.each([
  ['there before, in time', 7, SINCE - 1, SINCE, SINCE + 7 * DAY],
  ['there before, at the last moment', 7, SINCE - 1, SINCE + 7 * DAY - 1, SINCE + 7 * DAY],
  ['there before, too late', 7, SINCE - 1, SINCE + 7 * DAY, undefined],
  ['made when it began', 7, SINCE, SINCE, undefined],
  ['there before, without a grace', 0, SINCE - 1, SINCE, undefined],
])('%s', (_name, days, createdAt, now, expected) =>
  expect(mayTalkUntil({ since: SINCE, days }, createdAt, now)).toBe(expected),
);
