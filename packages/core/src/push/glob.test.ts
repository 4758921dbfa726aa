import { describe, expect, test } from 'vitest';
import { literalWordMatcher, wholeTextMatcher, wordMatcher } from './glob.ts';

describe('a glob over the whole text', () => {
  test.each([
    ['lunc?*', 'Lunch plans', true],
    ['lunc?*', 'LUNCH', true],
    ['lunc?*', ' lunch', false],
    ['lunc?*', 'lunc', false],
    ['', '', true],
    ['', 'x', false],
    ['*', '', true],
    ['*', 'any\nthing', true],
    ['?', '😀', true],
    ['?', '', false],
    ['??', '😀', false],
    ['a*b', 'ab', true],
    ['a*b', 'aXbXb', true],
    ['a*b', 'abc', false],
    ['a**b', 'a--b', true],
    ['*a*', 'xAx', true],
    ['a*a', 'a', false],
    ['*ab', 'aab', true],
    ['m.room.member', 'm.room.member', true],
    ['m.room.member', 'mxroomxmember', false],
    ['m.*', 'mx', false],
    ['(a|b)[c]{1}^$+/\\*', '(a|b)[c]{1}^$+/\\x', true],
    ['ÄRGER', 'ärger', true],
    ['日*', '日本', true],
  ])('%j and %j: %s', (glob, text, matches) => {
    expect(wholeTextMatcher(glob)(text)).toBe(matches);
  });
});

describe('a glob between word boundaries', () => {
  test.each([
    ['ex*ple', 'An example event.', true],
    ['ex*ple', 'exple', true],
    ['ex*ple', 'An exciting triple-whammy', true],
    ['ex*ple', 'An example_event', false],
    ['cake', 'a cake', true],
    ['cake', 'CAKE!', true],
    ['cake', 'cakes', false],
    ['cake', 'pancake', false],
    ['cake', 'cake_', false],
    ['cake', 'cakes and a cake', true],
    ['cake', 'käcake', true],
    ['cake*', 'cheesecake', false],
    ['cake*', 'cakes', true],
    ['*cake', 'pancake', true],
    ['*cake', 'pancakes', false],
    ['ca?e', 'case', true],
    ['a*b*c', 'x a 1 b 2 c y', true],
    ['a*b*c', 'x a 1 c 2 b y', false],
    ['蛋糕', '我要蛋糕。', true],
    ['c++', 'I like c++ a lot', true],
  ])('%j and %j: %s', (glob, text, matches) => {
    expect(wordMatcher(glob)(text)).toBe(matches);
  });

  test('can be asked again and again', () => {
    const matcher = wordMatcher('a*b');
    expect(['a b', 'a b', 'b a', 'a b'].map(matcher)).toEqual([true, true, false, true]);
  });

  test('many stars over a long text take no longer than a few', () => {
    const matcher = wordMatcher(`${'a*'.repeat(40)}b`);
    const begin = performance.now();
    expect(matcher('a'.repeat(60_000))).toBe(false);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});

test.each([
  ['Ann', 'hello ann!', true],
  ['Ann', 'hello Anna', false],
  ['A*n', 'Aaan', false],
  ['A*n', 'so, a*n, come', true],
])('a name is no glob: %j and %j: %s', (name, text, matches) => {
  expect(literalWordMatcher(name)(text)).toBe(matches);
});
