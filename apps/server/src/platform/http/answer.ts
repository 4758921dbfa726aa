import type { ErrorCode } from '@byline/protocol';
import type { FastifyReply } from 'fastify';
import { EVERYWHERE } from './browsers.ts';

/** An answer that is JSON text already, because many receive the same. */
export class Serialised {
  readonly json: string;
  /** How many bytes that is. */
  readonly length: number;

  constructor(json: string) {
    this.json = json;
    this.length = Buffer.byteLength(json);
  }
}

/** Written past the framework: thousands are sent such an answer at once, and nothing is left to be decided about it. */
export const sendSerialised = (reply: FastifyReply, { json, length }: Serialised): void => {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...EVERYWHERE,
    'content-type': 'application/json; charset=utf-8',
    'content-length': length,
  });
  reply.raw.end(json);
};

/**
 * The 401 that asks for user-interactive authentication. Not a refusal, so not a `DomainError`
 * (specification, client-server API: "User-interactive API in the REST API").
 */
export class AuthenticationChallenge extends Error {
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: Readonly<Record<string, unknown>>) {
    super('user-interactive authentication is needed');
    this.name = 'AuthenticationChallenge';
    this.body = body;
  }
}

/** The 405 of a resource that is there but may not be written by clients; what the specification says of it is in `code`. */
export class MethodNotAllowed extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'MethodNotAllowed';
    this.code = code;
  }
}
