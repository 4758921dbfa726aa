import type { Operation } from '@byline/protocol';
import fc from 'fast-check';
import { readdir } from 'node:fs/promises';
import { z } from 'zod';

/** A request as somebody might make it who means no good, or whose client is broken. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly contentType: string | undefined;
  /** Which of the test's people asks; out of range: nobody. */
  readonly caller: number;
}

/** What there is on the server, by the name of the parameter that asks for it. */
export type Known = Readonly<Record<string, readonly string[]>>;

type Schema = Readonly<Record<string, unknown>>;

const PROTOCOL = new URL('../../../packages/protocol/src/', import.meta.url);

/** Every operation of the contract, whether or not somebody serves it yet. */
export const allOperations = async (): Promise<Operation[]> => {
  const operations: Operation[] = [];
  for (const folder of ['byline/', 'matrix/']) {
    for (const file of await readdir(new URL(folder, PROTOCOL))) {
      const module = (await import(new URL(folder + file, PROTOCOL).href)) as Readonly<Record<string, unknown>>;
      operations.push(...Object.values(module).filter(isOperation));
    }
  }
  return operations;
};

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'paths' in value && 'method' in value;

/** Requests to one operation: some nearly right, some wrong in one place, some wrong everywhere. */
export const hostileRequests = (operation: Operation, known: Known): fc.Arbitrary<HostileRequest> =>
  fc.record({
    method: fc.oneof(
      { weight: 19, arbitrary: fc.constant(operation.method) },
      { weight: 1, arbitrary: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS') },
    ),
    path: pathOf(operation, known),
    body: operation.method === 'GET' ? fc.constant(undefined) : bodyOf(operation, known),
    contentType: fc.constantFrom(
      undefined,
      'application/json',
      'text/plain',
      'multipart/form-data',
      'image/png',
      '?;=',
    ),
    caller: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, 0, 1) }, { weight: 1, arbitrary: fc.constant(-1) }),
  });

const pathOf = (operation: Operation, known: Known): fc.Arbitrary<string> =>
  fc.constantFrom(...operation.paths).chain((template) => {
    const names = [...template.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const values = fc.tuple(...names.map((name) => segment(name, known)));
    return fc.tuple(values, queryOf(operation, known)).map(([filled, query]) => {
      let next = 0;
      const path = template.replaceAll(/:(\w+)/g, () => filled[next++] ?? '');
      return query === '' ? path : `${path}?${query}`;
    });
  });

/** One parameter in a path, mostly one that is there. */
const segment = (name: string, known: Known): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...(known[name] ?? ['x'])).map(encode) },
    { weight: 2, arbitrary: hostileText.map(encode) },
    { weight: 1, arbitrary: fc.constantFrom('..', '.', '%2e%2e%2f', '%2F', '%00', '%', '%ff', '%ed%a0%80', '\\', '*') },
  );

/** Half of a character has no encoding, so what stands for it in UTF-8 is sent as it would be. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

const queryOf = ({ query }: Operation, known: Known): fc.Arbitrary<string> => {
  const { properties = {} } = schemaOf(query) as { properties?: Readonly<Record<string, Schema>> };
  const parts = Object.entries(properties).map(([name, schema]) => {
    // A sync that is asked to wait waits, which would show nothing.
    if (name === 'timeout') return fc.constantFrom('', 'timeout=0', 'timeout=-1', 'timeout=x', 'timeout=1&timeout=2');
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      { weight: 4, arbitrary: valueOf(schema, name, known).map((value) => `${name}=${encode(plain(value))}`) },
      { weight: 1, arbitrary: hostileText.map((text) => `${name}=${encode(text)}&${name}=b`) },
      { weight: 1, arbitrary: fc.constantFrom(`${name}[]=a`, `${name}[a]=b`, `${name}=%`, name, '__proto__=1') },
    );
  });
  return fc.tuple(...parts).map((written) => written.filter((part) => part !== '').join('&'));
};

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

const bodyOf = ({ body }: Operation, known: Known): fc.Arbitrary<string> => {
  const schema = schemaOf(body);
  return fc.oneof(
    { weight: 12, arbitrary: valueOf(schema, '', known).map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: hostileValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '"', '{}{}', '\0', 'null', '[]', '1e999', '{"a":1e999}') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('['.repeat(50_000), nested('[', ']', 20_000), nested('{"a":', '}', 20_000)),
    },
    { weight: 1, arbitrary: fc.constantFrom('{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}') },
  );
};

/** So deep that who walks it carelessly runs out of stack. */
const nested = (open: string, close: string, depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

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
  'm.room.member',
  'm.room.create',
  'm.room.redaction',
  'm.room.power_levels',
  'x'.repeat(300),
  'é'.repeat(5_000),
] as const;

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 40 }));

const hostileNumber = fc.constantFrom(-1, 0, 0.5, -0, 1e15, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -1e308);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom(null, true, false, [], {}, [[]], [null], { a: null }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(hostileText, fc.oneof(hostileText, hostileNumber), { maxKeys: 3 }),
);

/** Mostly what the schema asks for, and here and there what it does not. */
const valueOf = (schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 8, arbitrary: fittingValue(schema, name, known) }, { weight: 1, arbitrary: hostileValue });

const fittingValue = (schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> => {
  const choices = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as readonly Schema[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map((choice) => fittingValue(choice, name, known)));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as readonly unknown[]));
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(valueOf((schema['items'] ?? {}) as Schema, name, known), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
    case 'number':
      return fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(Date.now() + 60_000, 1), hostileNumber);
    case 'string':
      return knownText(name, known);
    default:
      return fc.oneof(fc.constantFrom(...CONTENTS), knownText(name, known), hostileValue);
  }
};

const knownText = (name: string, known: Known): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...(known[name] ?? ['x', 'news', 'a name'])), hostileText);

const objectOf = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Schema>>);
  if (properties.length === 0) return fc.oneof(fc.constantFrom(...CONTENTS), hostileValue);
  const required = new Set((schema['required'] ?? []) as readonly string[]);
  const parts = properties.map(([name, property]) => {
    const value = valueOf(property, name, known).map((drawn) => [[name, drawn] as const]);
    const absent = { weight: required.has(name) ? 1 : 12, arbitrary: fc.constant([]) };
    return fc.oneof({ weight: 12, arbitrary: value }, absent);
  });
  return fc.tuple(...parts).map((drawn) => Object.fromEntries(drawn.flat()));
};

/** Contents that some event, rule or piece of account data might have. */
const CONTENTS: readonly object[] = [
  {},
  { msgtype: 'm.text', body: 'hello' },
  { msgtype: 'm.text', body: 'a\0b', format: 'org.matrix.custom.html', formatted_body: '<b>\0</b>' },
  {
    msgtype: 'm.text',
    body: '* b',
    'm.new_content': { msgtype: 'm.text', body: 'b' },
    'm.relates_to': { rel_type: 'm.replace', event_id: '$x' },
  },
  { 'm.relates_to': { rel_type: 'm.thread', event_id: '$\0' }, body: '\uD800' },
  { 'm.relates_to': { rel_type: 7, event_id: [] }, 'm.mentions': { user_ids: [1, null], room: 'x' } },
  { membership: 'join', displayname: 'a\0b', avatar_url: 7 },
  { membership: 'ban', reason: 'x'.repeat(70_000) },
  { users: { __proto__: null, '@a:b': 1e15 }, ban: -5 },
  { users: 7, events: { 'm.room.name': '50' } },
  { join_rule: 'restricted', allow: [{ type: 'm.room_membership', room_id: 7 }, null, 'x'] },
  { alias: '#\0:byline.test', alt_aliases: ['#a:byline.test', 7] },
  { redacts: '$x\0' },
  { order: 1e308, 'a.b\\.c': { __proto__: 1 } },
  { history_visibility: 'never' },
  { displayname: '\0' },
  { avatar_url: 'javascript:alert(1)' },
  { half: 0.5, deep: [[[[[[[[{}]]]]]]]] },
];
