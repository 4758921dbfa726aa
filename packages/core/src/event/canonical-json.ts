import { DomainError } from '@byline/protocol/errors.ts';

/** Deeper values are refused: walking them would end in an overflow of the stack. No real event comes near. */
const MAX_DEPTH = 200;

/** How a value stands to the canonical form; ordered, so that the worse of two is the greater. */
const CANONICAL = 0;
const KEYS_UNSORTED = 1;
const FRACTIONAL = 2;
const NOT_REPRESENTABLE = 3;
type Standing = typeof CANONICAL | typeof KEYS_UNSORTED | typeof FRACTIONAL | typeof NOT_REPRESENTABLE;

/** Which numbers may be in it: the room versions before 6 do not hold to integers. */
export type Numbers = 'integers' | 'any';

/** No quoting needed, and the order of code units is the order of code points. */
const PLAIN_KEY = /^[\x20\x21\x23-\x5B\x5D-\x7E]*$/;

/**
 * The canonical form of a JSON value: no white space, keys sorted by code point (appendices: "Canonical JSON").
 * Properties that are `undefined` count as absent, as in `JSON.stringify`.
 *
 * @throws DomainError `M_BAD_JSON` for what the form cannot hold: fractions and integers beyond ±(2^53-1), unless any
 * numbers may be in it, halves of surrogate pairs, and nesting deeper than 200.
 */
export const canonicalJson = (value: unknown, numbers: Numbers = 'integers'): string => {
  const standing = standingOf(value, 0);
  // Most events arrive sorted or are built sorted: then the engine's own serialiser, several times faster, gives the same text.
  if (standing === CANONICAL) return JSON.stringify(value);
  if (standing === KEYS_UNSORTED || (standing === FRACTIONAL && numbers === 'any')) return sorted(value);
  throw new DomainError('M_BAD_JSON', faultOf(value, '', numbers));
};

/** A string as canonical JSON. The caller vouches that it is well formed. */
const canonicalString = (value: string): string => (PLAIN_KEY.test(value) ? `"${value}"` : JSON.stringify(value));

/** Compares by code point; JavaScript's own comparison is by UTF-16 unit and puts U+1F600 before U+FF5E. */
export const compareByCodePoint = (left: string, right: string): number => {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

/** Lifts surrogates above every other code unit, which is where their code points stand. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

const standingOf = (value: unknown, depth: number): Standing => {
  if (typeof value === 'string') return value.isWellFormed() ? CANONICAL : NOT_REPRESENTABLE;
  if (typeof value === 'number') return standingOfNumber(value);
  if (typeof value === 'boolean' || value === null) return CANONICAL;
  if (depth >= MAX_DEPTH) return NOT_REPRESENTABLE;
  if (isArray(value)) return standingOfArray(value, depth + 1);
  return isObject(value) ? standingOfObject(value, depth + 1) : NOT_REPRESENTABLE;
};

const standingOfNumber = (value: number): Standing => {
  if (Number.isSafeInteger(value)) return CANONICAL;
  return Number.isFinite(value) ? FRACTIONAL : NOT_REPRESENTABLE;
};

const standingOfArray = (items: readonly unknown[], depth: number): Standing => {
  let worst: Standing = CANONICAL;
  for (const item of items) {
    const standing = standingOf(item, depth);
    if (standing > worst) worst = standing;
  }
  return worst;
};

const standingOfObject = (object: Members, depth: number): Standing => {
  let worst: Standing = CANONICAL;
  let previous = '';
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    if (!key.isWellFormed()) return NOT_REPRESENTABLE;
    if (previous > key || !PLAIN_KEY.test(key)) worst = worse(worst, KEYS_UNSORTED);
    previous = key;
    worst = worse(worst, standingOf(value, depth));
  }
  return worst;
};

const worse = (left: Standing, right: Standing): Standing => (left > right ? left : right);

/** Writes what `standingOf` has found representable. */
const sorted = (value: unknown): string => {
  if (isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  let members = '';
  for (const key of sortedKeys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${canonicalString(key)}:${sorted(member)}`;
  }
  return `{${members}}`;
};

const sortedKeys = (object: Members): readonly string[] => {
  const keys = Object.keys(object);
  return keys.every((key) => PLAIN_KEY.test(key)) ? keys.toSorted() : keys.toSorted(compareByCodePoint);
};

/** Says what is wrong and where, for the developer of the client that sent it. */
const faultOf = (value: unknown, path: string, numbers: Numbers, depth = 0): string => {
  const worst = numbers === 'any' ? FRACTIONAL : KEYS_UNSORTED;
  const place = path === '' ? 'The value' : `“${path}”`;
  if (typeof value === 'number') return `${place} must be a whole number between -(2^53-1) and 2^53-1.`;
  if (typeof value === 'string') return `${place} must not contain half of a surrogate pair.`;
  if (!isArray(value) && !isObject(value)) return `${place} is not a JSON value.`;
  if (depth >= MAX_DEPTH) return `The value is nested deeper than ${MAX_DEPTH} levels.`;
  for (const [key, member] of Object.entries(value)) {
    if (!key.isWellFormed()) return `A key of ${path === '' ? 'the value' : place} contains half of a surrogate pair.`;
    if (member === undefined && !isArray(value)) continue;
    const inner = path === '' ? key : `${path}.${key}`;
    if (standingOf(member, depth + 1) > worst) return faultOf(member, inner, numbers, depth + 1);
  }
  return `${place} is not a JSON value.`;
};

type Members = Readonly<Record<string, unknown>>;

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;
