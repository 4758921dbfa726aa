import { expect, test } from 'vitest';
import { z } from 'zod';
import { QueryParser } from './parsing.ts';

const Query = z.object({ at: z.string() });

test('the same words are parsed once, others anew', () => {
  const parser = new QueryParser(Query);
  const first = parser.parse({ url: '/tide?at=1', query: { at: '1' } });
  expect(parser.parse({ url: '/tide?at=1', query: { at: '1' } })).toBe(first);
  expect(parser.parse({ url: '/tide?at=2', query: { at: '2' } })).toEqual({ at: '2' });
  expect(first).toEqual({ at: '1' });
});

test('words that hold a token are not kept', () => {
  const parser = new QueryParser(Query);
  const asked = { url: '/tide?at=1&access_token=secret', query: { at: '1', access_token: 'secret' } };
  const first = parser.parse(asked);
  expect(parser.parse(asked)).not.toBe(first);
  expect(parser.parse(asked)).toEqual(first);
});
