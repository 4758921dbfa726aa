import fc from 'fast-check';
import type { z } from 'zod';
import { CONTENTS } from './contents.ts';
import { namedValue } from './names.ts';
import { hostileText, hostileValue } from './texts.ts';

const DEEPEST = 6;
const WORDS = ['x', 'news', 'a name', '0', 'm.text'];

/** Values of a schema: mostly right, often wrong in one place, sometimes nothing of the kind. */
export const valueOf = (schema: z.core.$ZodType, name: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 10, arbitrary: validValue(schema, name) },
    { weight: 7, arbitrary: nearlyValid(schema, name) },
    { weight: 2, arbitrary: hostileValue },
  );

/** What the schema asks for. Checks by code are met as far as the parameter's name says how. */
export const validValue = (schema: z.core.$ZodType, name: string, depth = 0): fc.Arbitrary<unknown> => {
  if (depth > DEEPEST) return fc.constant(null);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const inside = (inner: z.core.$ZodType): fc.Arbitrary<unknown> => validValue(inner, name, depth + 1);
  if ('innerType' in def) return validValue(def.innerType, name, depth);
  if (def.type === 'pipe') return validValue(def.in._zod.def.type === 'transform' ? def.out : def.in, name, depth);
  if (def.type === 'lazy') return inside(def.getter());
  if (def.type === 'object') return objectOf(def.shape, depth);
  if (def.type === 'record') return recordOf(def.keyType, def.valueType, name, depth);
  if (def.type === 'array') return fc.array(inside(def.element), { maxLength: 4 });
  if (def.type === 'tuple') return fc.tuple(...def.items.map(inside));
  if (def.type === 'union') return fc.oneof(...def.options.map(inside));
  if (def.type === 'intersection') return bothOf(inside(def.left), inside(def.right));
  if (def.type === 'literal') return fc.constantFrom(...def.values);
  return plainValue(def, schema._zod.bag, name);
};

type Bag = Readonly<Record<string, unknown>>;

const plainValue = (def: z.core.$ZodTypes['_zod']['def'], bag: Bag, name: string): fc.Arbitrary<unknown> => {
  if (def.type === 'string') return namedValue(name) ?? stringOf(bag);
  if (def.type === 'number') return namedValue(name) ?? numberOf(bag);
  if (def.type === 'enum') return namedValue(name) ?? fc.constantFrom(...Object.values(def.entries));
  if (def.type === 'boolean') return fc.boolean();
  if (def.type === 'null') return fc.constant(null);
  // Any JSON, or what code checks: mostly the content of something.
  return fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...CONTENTS) }, { weight: 1, arbitrary: hostileValue });
};

const bothOf = (left: fc.Arbitrary<unknown>, right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(left, right).map(([one, other]) => Object.assign({}, one, other));

const stringOf = ({ patterns, minimum, maximum }: Bag): fc.Arbitrary<string> => {
  const words = fc.constantFrom(...WORDS);
  const [pattern] = patterns instanceof Set ? (patterns as Set<unknown>) : [];
  const matching = pattern instanceof RegExp ? stringMatching(pattern) : undefined;
  if (matching !== undefined) return matching;
  const longest = typeof maximum === 'number' ? Math.min(maximum, 5_000) : 40;
  const shortest = typeof minimum === 'number' ? Math.min(minimum, longest) : 0;
  return fc.oneof(words, fc.string({ minLength: shortest, maxLength: longest }), fc.constant('x'.repeat(longest)));
};

/** Not every pattern can be turned round; what looks ahead can't. */
const stringMatching = (pattern: RegExp): fc.Arbitrary<string> | undefined => {
  if (/\(\?[=!<]/.test(pattern.source)) return undefined;
  return fc.stringMatching(pattern, { maxLength: 60 });
};

const numberOf = ({ minimum, maximum }: Bag): fc.Arbitrary<number> => {
  const least = typeof minimum === 'number' ? Math.max(minimum, -1e15) : 0;
  const most = typeof maximum === 'number' ? Math.min(maximum, 1e15) : Math.max(least, 2_000_000_000_000);
  return fc.oneof(
    fc.integer({ min: Math.ceil(least), max: Math.min(Math.floor(most), Math.ceil(least) + 200) }),
    fc.constantFrom(least, most),
  );
};

const objectOf = (shape: Readonly<Record<string, z.core.$ZodType>>, depth: number): fc.Arbitrary<unknown> => {
  const entries = Object.entries(shape);
  const parts = entries.map(([name, schema]) => {
    const value = validValue(schema, name, depth + 1).map((drawn) => [[name, drawn] as const]);
    return isOptional(schema) ? fc.oneof(value, fc.constant([])) : value;
  });
  return fc.tuple(...parts).map((drawn) => Object.fromEntries(drawn.flat()));
};

const isOptional = (schema: z.core.$ZodType): boolean => schema._zod.optin === 'optional';

const recordOf = (keys: z.core.$ZodType, values: z.core.$ZodType, name: string, depth: number): fc.Arbitrary<unknown> =>
  fc
    .array(fc.tuple(validValue(keys, KEYS_OF[name] ?? name, depth + 1), validValue(values, name, depth + 1)), {
      maxLength: 3,
    })
    .map((entries) => Object.fromEntries(entries.map(([key, value]) => [String(key), value])));

/** What the keys of some maps are. */
const KEYS_OF: Readonly<Record<string, string>> = {
  device_keys: 'userId',
  one_time_keys: 'userId',
  messages: 'userId',
  users: 'userId',
  rooms: 'roomId',
};

const REMOVED = Symbol('removed');

/** A right value with one place of it spoilt. */
const nearlyValid = (schema: z.core.$ZodType, name: string): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      validValue(schema, name),
      fc.nat({ max: 1_000 }),
      fc.oneof(
        { weight: 1, arbitrary: fc.constant(REMOVED) },
        { weight: 3, arbitrary: fc.oneof(hostileText, hostileValue) },
      ),
    )
    .map(([value, place, instead]) => {
      const places = placesIn(value, []);
      const path = places[place % Math.max(1, places.length)];
      return path === undefined ? instead : spoilt(value, path, instead);
    })
    .map((value) => (value === REMOVED ? undefined : value));

type Path = readonly string[];

/** Where there is something to spoil. */
const placesIn = (value: unknown, path: Path): Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
};

const spoilt = (value: unknown, [key, ...rest]: Path, instead: unknown): unknown => {
  if (key === undefined || typeof value !== 'object' || value === null) return instead;
  const parts = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (name !== key) return [[name, part]];
    const changed = spoilt(part, rest, instead);
    return changed === REMOVED ? [] : [[name, changed]];
  });
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
};
