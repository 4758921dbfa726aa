import { expect, it } from 'vitest';
import { serverOfUser, shortUserId, wholeUserId } from './staff-list.ts';

it.each([
  ['ada', '@ada:byline.test'],
  [' @Ada ', '@ada:byline.test'],
  ['@ada:elsewhere.test', '@ada:elsewhere.test'],
  ['ada:elsewhere.test', '@ada:elsewhere.test'],
])('%j is %s', (text, expected) => expect(wholeUserId(text, 'byline.test')).toBe(expected));

it('knows the two halves of an id', () => {
  expect(shortUserId('@ada:byline.test:8448')).toBe('ada');
  expect(serverOfUser('@ada:byline.test:8448')).toBe('byline.test:8448');
});
