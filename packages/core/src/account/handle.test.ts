import { DomainError } from '@byline/protocol/errors.ts';
import { describe, expect, test } from 'vitest';
import { handleProblem, normaliseHandle, parseHandle } from './handle.ts';

test.each([
  ['city-hall', 'city-hall'],
  ['  @City-Hall ', 'city-hall'],
  ['ＣＩＴＹ', 'city'],
  ['@@x', '@x'],
  ['市政厅', '市政厅'],
])('%j means %j', (text, handle) => {
  expect(normaliseHandle(text)).toBe(handle);
});

describe('handles', () => {
  test.each(['abc', 'a1b', 'city-hall', 'city.hall_2', '2024', 'x'.repeat(30), 'newsroom', 'admin-office'])(
    '%s',
    (handle) => {
      expect(handleProblem(handle)).toBeUndefined();
      expect(parseHandle(handle)).toBe(handle);
    },
  );

  test.each([
    ['', 'too-short'],
    ['ab', 'too-short'],
    ['x'.repeat(31), 'too-long'],
    ['市政厅', 'characters'],
    ['city hall', 'characters'],
    ['@@x', 'characters'],
    ['City', 'characters'],
    ['città', 'characters'],
    ['city/hall', 'characters'],
    ['a=b', 'characters'],
    ['.city', 'ends'],
    ['city-', 'ends'],
    ['city..hall', 'repeated-marks'],
    ['city-_hall', 'repeated-marks'],
    ['admin', 'reserved'],
    ['ad.min', 'reserved'],
    ['b-y-l-i-n-e', 'reserved'],
  ])('not %j: %s', (handle, problem) => {
    expect(handleProblem(handle)).toBe(problem);
  });

  test('are refused with what is wrong', () => {
    expect(() => parseHandle('x')).toThrow(
      new DomainError('M_INVALID_USERNAME', 'A handle needs at least 3 characters.', { problem: 'too-short' }),
    );
    expect(parseHandle(' @City-Hall')).toBe('city-hall');
  });
});
