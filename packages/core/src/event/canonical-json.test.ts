import { DomainError } from '@byline/protocol/errors.ts';
import type { Json } from '@byline/protocol/json.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, compareByCodePoint } from './canonical-json.ts';

/** The examples of the specification (appendices: "Canonical JSON", "Examples"), then cases of ours. */
const FORMS: readonly (readonly [given: string, canonical: string])[] = [
  ['{}', '{}'],
  ['{"one": 1, "two": "Two"}', '{"one":1,"two":"Two"}'],
  ['{"b": "2", "a": "1"}', '{"a":"1","b":"2"}'],
  [
    `{"auth": {"success": true, "mxid": "@john.doe:example.com", "profile": {"display_name": "John Doe",
      "three_pids": [{"medium": "email", "address": "john.doe@example.org"}, {"medium": "msisdn", "address": "123456789"}]}}}`,
    '{"auth":{"mxid":"@john.doe:example.com","profile":{"display_name":"John Doe","three_pids":[{"address":"john.doe@example.org","medium":"email"},{"address":"123456789","medium":"msisdn"}]},"success":true}}',
  ],
  ['{"a": "日本語"}', '{"a":"日本語"}'],
  ['{"本": 2, "日": 1}', '{"日":1,"本":2}'],
  [String.raw`{"a": "\u65E5"}`, '{"a":"日"}'],
  ['{"a": null}', '{"a":null}'],
  ['{"a": -0, "b": 1e10}', '{"a":0,"b":10000000000}'],
  // JavaScript puts keys that look like array indexes first, in the order of numbers.
  ['{"9": 1, "10": 2}', '{"10":2,"9":1}'],
  ['{"z": -0, "a": -0}', '{"a":0,"z":0}'],
  ['{"😀": 1, "～": 2}', '{"～":2,"😀":1}'],
  [
    String.raw`{"a": "\u0007\b\t\n\f\r\"\\\u001f\u007f\u2028/"}`,
    '{"a":"\\u0007\\b\\t\\n\\f\\r\\"\\\\\\u001f\u007f\u2028/"}',
  ],
  [String.raw`{"\"": 1, "\n": 2, "\u007f": 3}`, '{"\\n":2,"\\"":1,"\u007f":3}'],
  ['{"b": {"__proto__": 1}, "a": [{"d": 1, "c": 2}]}', '{"a":[{"c":2,"d":1}],"b":{"__proto__":1}}'],
  ['[9007199254740991, -9007199254740991]', '[9007199254740991,-9007199254740991]'],
];

const REFUSED: readonly (readonly [given: string, message: string])[] = [
  ['{"content": {"z": 1, "age": 1.5}}', '“content.age” must be a whole number between -(2^53-1) and 2^53-1.'],
  ['{"a": [1, 9007199254740992]}', '“a.1” must be a whole number between -(2^53-1) and 2^53-1.'],
  ['-9007199254740992', 'The value must be a whole number between -(2^53-1) and 2^53-1.'],
  ['1e400', 'The value must be a whole number between -(2^53-1) and 2^53-1.'],
  [String.raw`{"body": "\ud83d"}`, '“body” must not contain half of a surrogate pair.'],
  [String.raw`{"a": {"\ud83d": 1}}`, 'A key of “a” contains half of a surrogate pair.'],
  [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'The value is nested deeper than 200 levels.'],
];

/** Objects get their keys in the opposite order, so that the sorting path is taken. */
const reversed = (value: Json): Json => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

const anyJson = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
})).value;

describe('canonical JSON', () => {
  test.each(FORMS)('%s', (given, canonical) => {
    expect(canonicalJson(JSON.parse(given))).toBe(canonical);
  });

  test.each(REFUSED)('refuses %#', (given, message) => {
    expect(() => canonicalJson(JSON.parse(given))).toThrow(new DomainError('M_BAD_JSON', message));
  });

  test('a property that is undefined counts as absent', () => {
    expect(canonicalJson({ b: 1, c: undefined, a: 2 })).toBe('{"a":2,"b":1}');
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  test('undefined within an array is refused', () => {
    expect(() => canonicalJson([undefined])).toThrow('“0” is not a JSON value.');
  });

  test('any value: same text whatever the order of its keys, and the same value back', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(reversed(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('the order of code points is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareByCodePoint(left, right))).toBe(bytes);
      }),
    );
  });
});
