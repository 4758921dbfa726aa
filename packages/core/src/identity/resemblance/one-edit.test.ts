import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deletionNeighbours, isLongEnough, isOneEditApart } from './one-edit.ts';

describe('one edit', () => {
  test.each([
    ['courier', 'couriers'],
    ['courier', 'ourier'],
    ['courier', 'courjer'],
    ['courier', 'coureir'],
    ['林登信使报', '林登信使'],
    ['林登日报', '林登晚报'],
    ['𠀀𠀁𠀂', '𠀀𠀃𠀂'],
  ])('%s and %s are one edit apart', (one, other) => {
    expect(isOneEditApart(one, other)).toBe(true);
    expect(isOneEditApart(other, one)).toBe(true);
  });

  test.each([
    ['courier', 'courier'],
    ['courier', 'courierss'],
    ['courier', 'carrier'],
    ['courier', 'ceurior'],
    ['abcd', 'badc'],
    ['', 'ab'],
  ])('%s and %s are not', (one, other) => {
    expect(isOneEditApart(one, other)).toBe(false);
    expect(isOneEditApart(other, one)).toBe(false);
  });

  test('what is one edit away has a neighbour in common', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '林'), minLength: 1, maxLength: 8 });
    const run = fc.check(fc.property(word, word, (one, other) => !isMissed(one, other)));
    expect(run.counterexample).toBeNull();
  });
});

test.each([
  ['nows', false],
  ['today', true],
  ['林登报', false],
  ['林登日报', true],
])('whether %s is long enough: %s', (text, expected) => {
  expect(isLongEnough(text)).toBe(expected);
});

const haveNeighbour = (one: string, other: string): boolean => {
  const found = new Set(deletionNeighbours(one));
  return deletionNeighbours(other).some((neighbour) => found.has(neighbour));
};

const isMissed = (one: string, other: string): boolean => isOneEditApart(one, other) && !haveNeighbour(one, other);
