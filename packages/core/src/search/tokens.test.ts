import { describe, expect, test } from 'vitest';
import { comparable, isMeant, searchTermOf, tokensOf } from './tokens.ts';

test.each([
  ['Hello, hello World', ['hello', 'world']],
  ['Żółć straße ÉTÉ', ['zołc', 'straße', 'ete']],
  ['a1 2b', ['a1', '2b']],
  ['你好', ['你', '你好', '好']],
  ['我爱tea和茶', ['我', '我爱', '爱', 'tea', '和', '和茶', '茶']],
  ['ﾃｽﾄ', ['テ', 'テス', 'ス', 'スト', 'ト']],
  ['안녕 하세요', ['안녕', '하세요']],
  ['𠮷野', ['𠮷', '𠮷野', '野']],
  ['', []],
  ['👍 — !', []],
  ["it's", ['it', 's']],
  ['a\0b\ud800c', ['a', 'b', 'c']],
])('%j is found by %j', (text, tokens) => {
  expect(tokensOf(comparable(text))).toEqual(tokens);
});

test('long words are cut, in texts and in what is asked alike', () => {
  const long = 'x'.repeat(100);
  expect(tokensOf(long)).toEqual(['x'.repeat(64)]);
  expect(searchTermOf(long).tokens).toEqual(tokensOf(long));
});

describe('what is asked for', () => {
  test.each([
    ['Martians and men', ['martians', 'and', 'men'], ['martians', 'and', 'men']],
    ['你', ['你'], ['你']],
    ['你好吗', ['你好', '好吗'], ['你好吗']],
    ['tea 茶叶', ['tea', '茶叶'], ['tea', '茶叶']],
    ['?!', [], []],
    ['tea TEA', ['tea'], ['tea']],
  ])('%j', (text, tokens, words) => {
    expect(searchTermOf(text)).toEqual({ tokens, words });
  });

  test.each([
    ['你好吗', '你好，好吗', false],
    ['你好吗', '他说你好吗', true],
    ['ＴＥＡ', 'tea', true],
    ['men', 'women and men', true],
  ])('%j is meant by %j: %s', (asked, text, expected) => {
    expect(isMeant(searchTermOf(asked), comparable(text))).toBe(expected);
  });
});
