import { DomainError, type ErrorCode, Nothing } from '@byline/protocol';
import type { z } from 'zod';

/** Where in a request something stands. */
export type Place = 'path' | 'query' | 'body';

const BAD: Readonly<Record<Place, ErrorCode>> = {
  path: 'M_INVALID_PARAM',
  query: 'M_INVALID_PARAM',
  body: 'M_BAD_JSON',
};

/**
 * Parses what stands at a place of a request. Throws `M_MISSING_PARAM` for what is not there, else `M_INVALID_PARAM` for an
 * address and `M_BAD_JSON` for a body (specification, client-server API: "Standard error response").
 */
export const parseAt = <Schema extends z.ZodType>(place: Place, schema: Schema, input: unknown): z.output<Schema> => {
  // Most addresses hold nothing to be parsed, and thousands call at once.
  if (schema === NOTHING && place !== 'body') return EMPTY as z.output<Schema>;
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refusalOf(place, parsed.error, input);
};

/**
 * Parses the queries of one operation. Thousands who wait ask with the same words one after the other, and these are parsed
 * once; not those that hold a secret, which is not kept.
 */
export class QueryParser<Schema extends z.ZodType> {
  readonly #schema: Schema;
  #last: { readonly words: string; readonly query: z.output<Schema> } | undefined;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** The parsed query of an address. Throws as `parseAt` does. */
  parse({ url, query }: { readonly url: string; readonly query: unknown }): z.output<Schema> {
    const mark = url.indexOf('?');
    const words = mark === -1 ? '' : url.slice(mark + 1);
    if (this.#last?.words === words) return this.#last.query;
    const parsed = parseAt('query', this.#schema, query);
    if (!words.includes('access_token')) this.#last = { words, query: parsed };
    return parsed;
  }
}

const NOTHING: z.ZodType = Nothing;
const EMPTY: unknown = Object.freeze({});

/** Names what was wrong, never what it was. */
const refusalOf = (place: Place, { issues: [issue] }: z.ZodError, input: unknown): DomainError => {
  const missing = missingIn(issue, input);
  if (missing !== undefined) return new DomainError('M_MISSING_PARAM', `"${missing}" is missing.`);
  const where = issue?.path.join('.') ?? '';
  const why = issue?.message ?? 'is not valid';
  return new DomainError(BAD[place], where === '' ? `The ${place} is not valid: ${why}.` : `"${where}": ${why}`);
};

/** What is not there that should be; of what may be one of several things, by the first of them. */
const missingIn = (issue: Issue | undefined, input: unknown): string | undefined => {
  if (issue === undefined) return undefined;
  const inner = issue.code === 'invalid_union' ? issue.errors[0]?.[0] : undefined;
  if (inner !== undefined) return missingIn({ ...inner, path: [...issue.path, ...inner.path] }, input);
  const isThere = issue.path.length === 0 || valueAt(input, issue.path) !== undefined;
  return isThere ? undefined : issue.path.join('.');
};

type Issue = z.core.$ZodIssue;

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
