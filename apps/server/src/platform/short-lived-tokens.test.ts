import { expect, test } from 'vitest';
import { ShortLivedTokens } from './short-lived-tokens.ts';

const make = (most = 10) => {
  let now = 1_000;
  const tokens = new ShortLivedTokens<string>({ clock: { now: () => now }, lifetime: 100, most });
  return { tokens, pass: (milliseconds: number) => (now += milliseconds) };
};

test('a token stands for something until its time is over', () => {
  const { tokens, pass } = make();
  const token = tokens.issue('ada');
  expect(token).toMatch(/^[\w-]{43}$/);
  pass(99);
  expect(tokens.find(token)).toBe('ada');
  pass(1);
  expect(tokens.find(token)).toBeUndefined();
  expect(tokens.take(token)).toBeUndefined();
});

test('it can be taken once', () => {
  const { tokens } = make();
  const token = tokens.issue('ada');
  expect([tokens.take(token), tokens.take(token), tokens.find(token)]).toEqual(['ada', undefined, undefined]);
  expect(tokens.find('made up')).toBeUndefined();
});

test('of too many the oldest end', () => {
  const { tokens } = make(3);
  const issued = ['a', 'b', 'c', 'd'].map((value) => tokens.issue(value));
  expect(issued.map((token) => tokens.find(token))).toEqual([undefined, 'b', 'c', 'd']);
});
