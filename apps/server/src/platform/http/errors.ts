import { DomainError, type ErrorBody, ERRORS } from '@byline/protocol';
import type { FastifyError } from 'fastify';
import { z } from 'zod';
import { AuthenticationChallenge, MethodNotAllowed } from './answer.ts';

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody | Readonly<Record<string, unknown>>;
}

/** The one place that turns errors into HTTP. `undefined`: nobody foresaw it, so it is a fault of ours, to be logged. */
export const errorAnswer = (error: unknown): ErrorAnswer | undefined => {
  if (error instanceof DomainError) return domainAnswer(error);
  if (error instanceof AuthenticationChallenge) return { status: 401, body: error.body };
  if (error instanceof MethodNotAllowed) return { status: 405, body: { errcode: error.code, error: error.message } };
  if (error instanceof z.ZodError) return domainAnswer(badRequest(error));
  if (isFastifyError(error)) return fastifyAnswer(error);
  if (isHungUp(error)) return domainAnswer(new DomainError('M_UNKNOWN', 'The request ended early.'));
  return undefined;
};

export const INTERNAL_ERROR: ErrorAnswer = {
  status: 500,
  body: { errcode: 'M_INTERNAL', error: 'Something went wrong here. Nothing was changed; please try again.' },
};

const domainAnswer = (error: DomainError): ErrorAnswer => ({
  status: ERRORS[error.code],
  body: { ...error.fields, errcode: error.code, error: error.message },
});

/** A service has parsed more than the edge could; what it was is not told. */
const badRequest = ({ issues: [issue] }: z.ZodError): DomainError => {
  const where = issue?.path.join('.') ?? '';
  const why = issue?.message ?? 'is not valid';
  return new DomainError('M_BAD_JSON', where === '' ? why : `"${where}": ${why}`);
};

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('FST_');

/** The caller went away before the request was whole: no fault of ours, and nobody reads the answer. */
const isHungUp = (error: unknown): boolean =>
  error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';

const FASTIFY_CODES: Readonly<Record<string, DomainError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new DomainError('M_TOO_LARGE', 'The request is too large.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new DomainError('M_BAD_JSON', 'The body ended early.'),
};

const fastifyAnswer = (error: FastifyError): ErrorAnswer | undefined => {
  const known = FASTIFY_CODES[error.code];
  if (known !== undefined) return domainAnswer(known);
  if (error.statusCode === undefined || error.statusCode >= 500) return undefined;
  return domainAnswer(new DomainError('M_UNKNOWN', 'The request could not be read.'));
};
