import { describe, expect, it } from 'vitest';
import { cameBefore } from './cameBefore.ts';

describe('cameBefore', () => {
  it.each([
    ['the first items', [], ['a', 'b'], false],
    ['nothing new', ['a', 'b'], ['a', 'b'], false],
    ['one at the end', ['a', 'b'], ['a', 'b', 'c'], false],
    ['older ones before', ['c', 'd'], ['a', 'b', 'c', 'd'], true],
    ['one taken from the start', ['a', 'b', 'c'], ['b', 'c'], true],
    ['another list', ['a', 'b'], ['x', 'y'], false],
    ['all gone', ['a'], [], false],
  ])('%s', (_, before, now, expected) => expect(cameBefore(before, now)).toBe(expected));
});
