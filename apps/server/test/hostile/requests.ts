import type { Operation } from '@byline/protocol';
import fc from 'fast-check';
import type { z } from 'zod';
import { FILES } from './files.ts';
import { HOSTILE_BODIES, hostileText } from './texts.ts';
import { validValue, valueOf } from './values.ts';

/** Who may ask: the two who can do most, who can't be one person; a plain person; and whoever passes by. */
export const CALLERS = ['administrator', 'reviewer', 'member', 'nobody'] as const;
export type CallerKind = (typeof CALLERS)[number];

/** A request as somebody might make it who means no good, or whose client is broken. Texts may hold `⟨room:3⟩`. */
export interface HostileRequest {
  readonly operation: Operation;
  readonly method: string;
  readonly template: string;
  readonly params: readonly string[];
  /** What stands between names and values is there already. */
  readonly query: readonly string[];
  readonly body: string | Uint8Array | undefined;
  readonly contentType: string | undefined;
  readonly caller: CallerKind;
}

/** Requests to all operations alike; those that cost a password's hash are a small share. */
export const hostileRequest = (operations: readonly Operation[]): fc.Arbitrary<HostileRequest> =>
  fc.oneof(...operations.map((operation) => ({ weight: isSlow(operation) ? 1 : 12, arbitrary: requestOf(operation) })));

const isSlow = ({ limit, paths: [path] }: Operation): boolean =>
  limit === 'sign-in' || limit === 'sign-up' || /account\/(?:password|deactivate)|delete_devices/.test(path);

const requestOf = (operation: Operation): fc.Arbitrary<HostileRequest> =>
  fc.constantFrom(...operation.paths).chain((template) =>
    fc.record({
      operation: fc.constant(operation),
      method: rarely(
        fc.constant<string>(operation.method),
        fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
      ),
      template: fc.constant(template),
      params: fc.tuple(...paramsOf(operation, template)),
      query: queryOf(operation),
      body: operation.method === 'GET' ? fc.constant(undefined) : bodyOf(operation),
      contentType: fc.constantFrom(
        undefined,
        'application/json',
        'text/plain',
        'image/png',
        'image/svg+xml',
        'multipart/form-data',
        '?;=',
      ),
      caller: fc.constantFrom<CallerKind>(
        'administrator',
        'administrator',
        'administrator',
        'reviewer',
        'member',
        'member',
        'member',
        'nobody',
      ),
    }),
  );

/** The second one once in twenty times. */
const rarely = <Value>(one: fc.Arbitrary<Value>, other: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 19, arbitrary: one }, { weight: 1, arbitrary: other });

const paramsOf = ({ params }: Operation, template: string): fc.Arbitrary<string>[] => {
  const shape = shapeOf(params);
  return [...template.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const schema = shape[name];
    const valid = schema === undefined ? fc.constant('x') : validValue(schema, name).map(plain);
    return fc.oneof(
      { weight: 12, arbitrary: valid.map(encode) },
      { weight: 2, arbitrary: hostileText.map(encode) },
      { weight: 1, arbitrary: fc.constantFrom('..', '%2e%2e%2f', '%2F', '%00', '%', '%ff', '%ed%a0%80', '%5C', '*') },
    );
  });
};

const queryOf = ({ query }: Operation): fc.Arbitrary<string[]> => {
  const parts = Object.entries(shapeOf(query)).map(([name, schema]) => {
    const written = (value: unknown): string[] => [`${name}=${encode(plain(value))}`];
    // Who is told to wait, or not told how long, waits for longer than this run has.
    if (name.startsWith('timeout')) return validValue(schema, name).map(written);
    const absent = schema._zod.optin === 'optional' ? 5 : 1;
    return fc.oneof(
      { weight: absent, arbitrary: fc.constant<string[]>([]) },
      { weight: 6, arbitrary: validValue(schema, name).map(written) },
      { weight: 2, arbitrary: valueOf(schema, name).map(written) },
      { weight: 1, arbitrary: fc.constantFrom([`${name}[]=a`], [`${name}=a`, `${name}=b`], [`${name}=%`], [name]) },
    );
  });
  return fc.tuple(...parts).map((drawn) => drawn.flat());
};

const bodyOf = (operation: Operation): fc.Arbitrary<string | Uint8Array> => {
  const hostile = fc.constantFrom<string | Uint8Array>(...HOSTILE_BODIES);
  if (takesFile(operation)) return fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FILES) }, hostile);
  return fc.oneof(
    { weight: 14, arbitrary: valueOf(operation.body, '').map((value) => impatient(JSON.stringify(value) ?? '')) },
    { weight: 1, arbitrary: hostile },
  );
};

/** Some are told in their body how long to wait. */
const impatient = (body: string): string => body.replaceAll(/"timeout":[\d.e+]{3,}/g, '"timeout":20');

const takesFile = ({ paths: [path] }: Operation): boolean => path.includes('/upload') && path.includes('/media/');

const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.core.$ZodType>> => {
  const { def } = (schema as z.core.$ZodType as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? def.shape : {};
};

const plain = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** Half of a character has no encoding, so what stands for it in UTF-8 is sent as it would be. */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/%E2%9F%A8(\w+)%3A(\d+)%E2%9F%A9/g, '⟨$1:$2⟩');
