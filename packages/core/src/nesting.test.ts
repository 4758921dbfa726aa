import { expect, test } from 'vitest';
import { isNestedTooDeep } from './nesting.ts';

const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

test.each([
  ['text', 'text', false],
  ['nothing', null, false],
  ['what is wide', Array.from({ length: 200_000 }, () => ({ a: [] })), false],
  ['as deep as may be', nested(200), false],
  ['deeper', { a: nested(201) }, true],
  ['very deep', nested(100_000), true],
])('%s', (_name, value, expected) => {
  expect(isNestedTooDeep(value)).toBe(expected);
});
