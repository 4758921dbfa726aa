import { describe, expect, it } from 'vitest';
import { isSame, keepSame } from './same.ts';

describe('isSame', () => {
  it.each([
    [1, 1, true],
    [{ a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[1, 2], { 0: 1, 1: 2 }, false],
    [null, {}, false],
  ])('%j and %j: %s', (one, other, same) => {
    expect([isSame(one, other), isSame(other, one)]).toEqual([same, same]);
  });
});

describe('keepSame', () => {
  const before = [
    { key: 'a', text: '1' },
    { key: 'b', text: '2' },
  ];

  it('keeps what did not change, also the list itself', () => {
    expect(keepSame(before, structuredClone(before))).toBe(before);
    const after = keepSame(before, [
      { key: 'b', text: '2' },
      { key: 'a', text: 'new' },
    ]);
    expect(after[0]).toBe(before[1]);
    expect(after[1]).toEqual({ key: 'a', text: 'new' });
  });
});
