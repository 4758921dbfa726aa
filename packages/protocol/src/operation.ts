import { z } from 'zod';

/**
 * One operation of the wire: the contract that the server parses by, the client calls by, and OpenAPI is made of.
 * Paths are written as Fastify and OpenAPI both read them after a trivial change: `/rooms/:roomId/send/:eventType/:txnId`.
 */
export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** All paths that serve it, the present one first, then those that older clients use. */
  readonly paths: readonly [string, ...string[]];
  /** `none`: anyone; `optional`: a token is read if there is one; `required`: a signed-in device. */
  readonly auth: 'none' | 'optional' | 'required';
  /** Which bucket of the rate limiter a call is counted in. */
  readonly limit: RateLimitName;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
}

/** The rate limiter's buckets; the server's `platform/http/rate-limits.ts` gives each its size. */
export type RateLimitName = 'read' | 'write' | 'message' | 'sign-in' | 'sign-up' | 'upload' | 'sync' | 'apply' | 'public';

const nothing = z.object({});

/** Declares an operation; what is left out is an empty object. */
export const operation = <
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof nothing,
  Answer extends z.ZodType = typeof nothing,
>(
  declared: Pick<Operation, 'method' | 'paths' | 'auth' | 'limit' | 'summary'> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
    readonly answer?: Answer;
  },
): Operation<Params, Query, Body, Answer> => ({
  ...declared,
  params: declared.params ?? (nothing as z.ZodType as Params),
  query: declared.query ?? (nothing as z.ZodType as Query),
  body: declared.body ?? (nothing as z.ZodType as Body),
  answer: declared.answer ?? (nothing as z.ZodType as Answer),
});

/** What a handler gets of a call, parsed. */
export interface Call<Op extends Operation> {
  readonly params: z.output<Op['params']>;
  readonly query: z.output<Op['query']>;
  readonly body: z.output<Op['body']>;
}

/** What a handler answers. */
export type Answer<Op extends Operation> = z.input<Op['answer']>;
