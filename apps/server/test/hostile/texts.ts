import fc from 'fast-check';

/** Texts that have broken servers. */
const HOSTILE_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '!a:\0',
  '$a\0',
  '#a\0:byline.test',
  '\uD800',
  'a\uDFFFb',
  '$\uD83D',
  '!\uD83D:byline.test',
  '../../../../etc/passwd',
  '..',
  '__proto__',
  'constructor',
  'toString',
  "' or 1=1 --",
  '%',
  '_',
  '*'.repeat(100),
  '‮👩‍👩‍👧‍👦',
  '@:byline.test',
  '@a:elsewhere.test',
  '!房间:byline.test',
  'mxc://byline.test/nothing',
  'mxc://elsewhere.test/../x',
  '-1',
  '0',
  '1e3',
  '9'.repeat(400),
  's999999999999999',
  's-1',
  'p999999999',
  'NaN',
  '{',
  '{"types":[{}]}',
  '{"room":{"timeline":{"limit":1e15}}}',
  '{"limit":0,"types":["*"]}',
  '{"room":{"rooms":["!x"],"state":{"lazy_load_members":true,"types":["m.*"]}}}',
  'm.room.member',
  'm.room.create',
  'm.room.redaction',
  'm.room.power_levels',
  'm.room.encrypted',
  'x'.repeat(300),
  'é'.repeat(5_000),
] as const;

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const hostileNumber = fc.constantFrom(-1, 0, 0.5, -0, 1e15, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -1e308);

/** What nobody asked for. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { a: null }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(hostileText, fc.oneof(hostileText, hostileNumber), { maxKeys: 3 }),
);

/** So deep that who walks it carelessly runs out of stack. */
const nested = (open: string, close: string, depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;

/** Bodies that are no JSON object, or one of a kind that is rare. */
export const HOSTILE_BODIES: readonly string[] = [
  '',
  '{',
  '"',
  '{}{}',
  '\0',
  'null',
  '[]',
  '1e999',
  '{"a":1e999}',
  '['.repeat(50_000),
  nested('[', ']', 20_000),
  nested('{"a":', '}', 20_000),
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  `{"${'k'.repeat(70_000)}":1}`,
];
