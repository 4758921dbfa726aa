import type { Operation } from '@byline/protocol';
import type { z } from 'zod';

type OrAbsent<Name extends string, Value> =
  Record<never, never> extends Value ? { readonly [Key in Name]?: Value } : { readonly [Key in Name]: Value };

/** What a caller gives to an operation: its parameters, query and body; what may be empty may be left out. */
export type Input<Op extends Operation> = OrAbsent<'params', z.input<Op['params']>> &
  OrAbsent<'query', z.input<Op['query']>> &
  OrAbsent<'body', z.input<Op['body']>>;

/** `input` may be left out when nothing in it is needed. */
export type InputArguments<Op extends Operation> =
  Record<never, never> extends Input<Op> ? [input?: Input<Op>] : [input: Input<Op>];

interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
}

type Plain = string | number | boolean;

const isPlain = (value: unknown): value is Plain => ['string', 'number', 'boolean'].includes(typeof value);

/** What an address can carry of an object. */
const plainIn = (value: unknown): [string, string][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => (isPlain(each) ? [[name, String(each)]] : []))
    : [];

/** The address of an operation, below the server's. */
export function pathOf(operation: Operation, { params, query }: LooseInput = {}): string {
  const given = new Map(plainIn(params));
  const path = operation.paths[0].replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(given.get(name) ?? ''));
  const search = new URLSearchParams(plainIn(query));
  return search.size === 0 ? path : `${path}?${search}`;
}
