import { z } from 'zod';

/** `none`: anyone; `optional`: a token is read if there is one; `required`: a signed-in device. */
export type Auth = 'none' | 'optional' | 'required';

/** The rate limiter's buckets; the server's `platform/http/rate-limits.ts` gives each its size. */
export type RateLimitName =
  | 'read'
  | 'write'
  | 'message'
  | 'sign-in'
  | 'sign-up'
  | 'upload'
  | 'download'
  | 'sync'
  | 'apply'
  | 'blind-index'
  | 'blind-index-review'
  | 'report'
  | 'public';

/**
 * One operation of the wire: the contract that the server parses by, the client calls by, and OpenAPI is made of.
 * Parameters in a path are written `:name`.
 */
export interface Operation<
  Access extends Auth = Auth,
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answered extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** All paths that serve it, the present one first, then those that older clients use. */
  readonly paths: readonly [string, ...string[]];
  readonly auth: Access;
  readonly limit: RateLimitName;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answered;
}

/** What a call says where nothing is asked for. */
export const Nothing = z.object({});
type Nothing = typeof Nothing;

/** Declares an operation; what is left out is an empty object. */
export const operation = <
  Access extends Auth,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Answered extends z.ZodType = Nothing,
>(
  declared: Omit<Operation<Access>, 'params' | 'query' | 'body' | 'answer'> & {
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
    readonly answer?: Answered;
  },
): Operation<Access, Params, Query, Body, Answered> => {
  const orNothing = <Schema extends z.ZodType>(schema: Schema | undefined): Schema =>
    schema ?? (Nothing as z.ZodType as Schema);
  return {
    ...declared,
    params: orNothing(declared.params),
    query: orNothing(declared.query),
    body: orNothing(declared.body),
    answer: orNothing(declared.answer),
  };
};

/** What a handler gets of a call, parsed. */
export interface Call<Op extends Operation> {
  readonly params: z.output<Op['params']>;
  readonly query: z.output<Op['query']>;
  readonly body: z.output<Op['body']>;
}

/** What a handler answers. */
export type Answer<Op extends Operation> = z.input<Op['answer']>;

const CLIENT_VERSIONS = ['v3', 'r0', 'v1', 'unstable'] as const;
type ClientVersion = (typeof CLIENT_VERSIONS)[number];

/** `/_matrix/client/VERSION/rest` for each version that serves it, the present one first. */
export const clientPaths = (rest: string, versions: readonly ClientVersion[] = ['v3', 'r0']): [string, ...string[]] => {
  const [first = 'v3', ...older] = versions;
  const path = (version: ClientVersion) => `/_matrix/client/${version}${rest}`;
  return [path(first), ...older.map(path)];
};
