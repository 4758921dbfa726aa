import type { Auth, Call, Operation } from '@byline/protocol';
import { DomainError } from '@byline/protocol';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { sendSerialised, Serialised } from './answer.ts';
import { answerBrowsers, openToBrowsers } from './browsers.ts';
import { errorAnswer, INTERNAL_ERROR } from './errors.ts';
import { HeldCall } from './held-call.ts';
import { networkOf } from './network.ts';
import { parseAt, QueryParser } from './parsing.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Authenticator, Session } from './session.ts';
import { isScreen, sendScreen, serveWebApp } from './web-app.ts';

/** Who makes a call, as far as its operation asks. */
export type Caller<Access extends Auth> = Access extends 'required'
  ? Session
  : Access extends 'optional'
    ? Session | undefined
    : undefined;

export interface Request<Op extends Operation> extends Call<Op> {
  readonly caller: Caller<Op['auth']>;
  /** The address it came from: for rate limits and nothing else. */
  readonly address: string;
  /** Tells when the caller has gone away. */
  readonly onGone: (listener: () => void) => void;
}

/** Answers a call: with what the operation promises, or with the same as JSON text. */
export type Handler<Op extends Operation> = (
  request: Request<Op>,
) => Promise<z.input<Op['answer']> | Serialised> | z.input<Op['answer']> | Serialised;

/** Answers a call through the call itself, whenever there is something to say. What it throws or rejects with is a refusal. */
export type HeldHandler<Op extends Operation> = (
  request: Omit<Request<Op>, 'onGone'>,
  call: HeldCall,
) => void | Promise<void>;

/** A call whose body is not JSON: handed over as a stream, and answered as the handler likes. */
export type StreamHandler<Op extends Operation> = (
  request: Omit<Request<Op>, 'body'>,
  raw: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

type RouteHandler = (request: FastifyRequest, reply: FastifyReply) => unknown;

const LARGEST_JSON_BODY = 1024 * 1024;
/** How long a request may take to arrive: a large upload over a slow line, but not for ever. */
const SLOWEST_REQUEST_MS = 15 * 60_000;
const METHODS = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH'] as const;

/**
 * The edge: parses once, authenticates, limits, calls one handler, answers.
 * It knows no feature; their `routes.ts` bind operations of the contract to it.
 */
export class Edge {
  readonly app: FastifyInstance;
  readonly #authenticator: Authenticator;
  readonly #limits: RateLimits;
  readonly #served = new Map<string, Set<string>>();
  readonly #operations: Operation[] = [];
  readonly #checkAnswers: boolean;
  readonly #guestOperations: ReadonlySet<Operation>;

  constructor(parts: {
    readonly authenticator: Authenticator;
    readonly limits: RateLimits;
    readonly logger: Logger;
    /** Whose word on where a call came from is taken: addresses and networks of reverse proxies; none by default. */
    readonly trustedProxies?: readonly string[];
    /** Where pages of the app may also send requests, asked for each page; nowhere else by default. */
    readonly otherOrigins?: () => readonly string[];
    /** What guests may do; nothing by default. */
    readonly guestOperations?: ReadonlySet<Operation>;
    /** Parses every answer by its schema, so that tests find one that lies. */
    readonly checkAnswers: boolean;
  }) {
    const { trustedProxies = [] } = parts;
    this.#authenticator = parts.authenticator;
    this.#limits = parts.limits;
    this.#checkAnswers = parts.checkAnswers;
    this.#guestOperations = parts.guestOperations ?? new Set();
    this.app = Fastify({
      bodyLimit: LARGEST_JSON_BODY,
      trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
      exposeHeadRoutes: true,
      forceCloseConnections: true,
      requestTimeout: SLOWEST_REQUEST_MS,
      routerOptions: { maxParamLength: 2_048, ignoreTrailingSlash: true },
      // An address that can't be read never comes to a route, nor to the handlers below.
      frameworkErrors: (error, _request, reply) => void this.#refuse(error, openToBrowsers(reply), parts.logger),
    });
    readBodies(this.app);
    this.app.addHook('onRequest', answerBrowsers);
    this.app.setErrorHandler((error, _request, reply) => this.#refuse(error, reply, parts.logger));
    this.app.setNotFoundHandler((request, reply) => {
      const hasApp = this.app.hasReplyDecorator('sendFile');
      return hasApp && isScreen(request) ? sendScreen(reply) : reply.code(404).send(UNRECOGNISED);
    });
    serveWebApp(this.app, parts.otherOrigins ?? (() => []));
  }

  /** All operations that are served. */
  get operations(): readonly Operation[] {
    return this.#operations;
  }

  /** Serves an operation whose body and answer are JSON. */
  serve<Op extends Operation>(operation: Op, handler: Handler<Op>): void {
    const parse = this.#parserOf(operation);
    this.#route(this.app, operation, async (request, reply) => {
      const caller = await this.#admit(operation, request);
      const body = bodyOf(operation, request);
      const answer = await handler({ ...parse(caller, request), onGone: (listener) => onGone(reply, listener), body });
      if (answer instanceof Serialised) return sendSerialised(reply, answer);
      if (this.#checkAnswers) operation.answer.parse(answer);
      return answer;
    });
  }

  /** Serves an operation whose callers may be held for long, and by the thousands. */
  serveHeld<Op extends Operation>(operation: Op, handler: HeldHandler<Op>): void {
    const parse = this.#parserOf(operation);
    const hold = (caller: Session | undefined, request: FastifyRequest, call: HeldCall) =>
      handler({ ...parse(caller, request), body: bodyOf(operation, request) }, call);
    this.#route(this.app, operation, (request, reply) => {
      const call = new HeldCall(reply);
      const admitted = this.#admit(operation, request);
      const held =
        admitted instanceof Promise
          ? admitted.then((caller) => hold(caller, request, call))
          : hold(admitted, request, call);
      if (held instanceof Promise) held.catch((error: unknown) => call.refuse(error));
    });
  }

  /** Serves an operation that takes or gives something else than JSON. Its body is `raw.body`, a stream. */
  serveStream<Op extends Operation>(operation: Op, handler: StreamHandler<Op>): void {
    // A scope of its own: here the body stays a stream, and how long it may be is for the handler to say.
    void this.app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      const parse = this.#parserOf(operation);
      this.#route(scope, operation, async (request, reply) => {
        const caller = await this.#admit(operation, request);
        return handler({ ...parse(caller, request), onGone: (listener) => onGone(reply, listener) }, request, reply);
      });
    });
  }

  /** Answers 405 for the methods that a known path does not have. Called once, after every route is there. */
  refuseOtherMethods(): void {
    for (const [path, methods] of this.#served) {
      const others = METHODS.filter((method) => !methods.has(method === 'HEAD' ? 'GET' : method));
      this.app.route({
        method: others,
        url: path,
        exposeHeadRoute: false,
        handler: (_request, reply) => reply.code(405).send(UNRECOGNISED),
      });
    }
  }

  #route(scope: FastifyInstance, operation: Operation, handler: RouteHandler): void {
    this.#operations.push(operation);
    for (const path of operation.paths) {
      scope.route({ method: operation.method, url: path, handler });
      const methods = this.#served.get(path) ?? new Set();
      this.#served.set(path, methods.add(operation.method));
    }
  }

  /** Who calls, if they may now; at once if there is nothing to wait for. */
  #admit(operation: Operation, request: FastifyRequest): Session | undefined | Promise<Session | undefined> {
    const caller = this.#callerOf(operation, request);
    if (caller instanceof Promise) return caller.then((known) => this.#count(operation, request, known));
    return this.#count(operation, request, caller);
  }

  #count(operation: Operation, request: FastifyRequest, caller: Session | undefined) {
    const counted = this.#limits.count(operation.limit, caller?.userId ?? networkOf(request.ip));
    return counted === undefined
      ? this.#admitGuest(operation, caller)
      : counted.then(() => this.#admitGuest(operation, caller));
  }

  /** A guest may do but a few things. */
  #admitGuest(operation: Operation, caller: Session | undefined): Session | undefined {
    if (caller?.isGuest === true && !this.#guestOperations.has(operation))
      throw new DomainError('M_GUEST_ACCESS_FORBIDDEN', 'Guests can not do this. Please sign up.');
    return caller;
  }

  #callerOf(operation: Operation, request: FastifyRequest): Session | undefined | Promise<Session> {
    if (operation.auth === 'none') return undefined;
    const token = accessToken(request);
    if (token !== undefined) return this.#authenticator.recognise(token) ?? this.#lookUp(token, networkOf(request.ip));
    if (operation.auth === 'optional') return undefined;
    throw new DomainError('M_MISSING_TOKEN', 'Please sign in first.');
  }

  /** Counts before the database is asked, and gives back what was counted for a token that there is. */
  async #lookUp(token: string, network: string): Promise<Session> {
    await this.#limits.count('unknown-token', network);
    const session = await this.#authenticator.authenticate(token);
    await this.#limits.giveBack('unknown-token', network);
    return session;
  }

  #parserOf<Op extends Operation>(operation: Op) {
    const queries = new QueryParser(operation.query);
    return (caller: Session | undefined, request: FastifyRequest) => ({
      caller: caller as Caller<Op['auth']>,
      address: request.ip,
      params: parseAt('path', operation.params, request.params) as z.output<Op['params']>,
      query: queries.parse(request) as z.output<Op['query']>,
    });
  }

  async #refuse(error: unknown, reply: FastifyReply, logger: Logger): Promise<void> {
    const answer = errorAnswer(error);
    if (answer === undefined) logger.error({ err: error }, 'a request failed');
    const { status, body } = answer ?? INTERNAL_ERROR;
    const { retry_after_ms: wait } = body;
    if (typeof wait === 'number') reply.header('retry-after', Math.ceil(wait / 1_000));
    await reply.code(status).type('application/json').send(body);
  }
}

const UNRECOGNISED = { errcode: 'M_UNRECOGNIZED', error: 'This server does not know that request.' };

/** Bodies are read as text whatever they are called, because clients mislabel them; only streaming routes read otherwise. */
const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
};

const bodyOf = <Op extends Operation>(operation: Op, request: FastifyRequest) =>
  parseAt('body', operation.body, jsonOf(request.body)) as z.output<Op['body']>;

const onGone = (reply: FastifyReply, listener: () => void): void => void reply.raw.on('close', listener);

const jsonOf = (body: unknown): unknown => {
  if (typeof body !== 'string' || body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new DomainError('M_NOT_JSON', 'The body is not JSON.');
  }
};

/** How a scheme is written is not for its sense (RFC 9110, section 11.1). */
const BEARER = /^Bearer +(.+)$/i;

const accessToken = (request: FastifyRequest): string | undefined => {
  const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  const { access_token: queried } = request.query as { access_token?: unknown };
  return typeof queried === 'string' ? queried : undefined;
};
