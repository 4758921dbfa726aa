import { ERRORS, type ErrorCode } from '@byline/protocol';
import { z } from 'zod';

/** What can also go wrong on the way: no answer came (`UNREACHABLE`), or one that can't be read (`UNREADABLE`). */
export type ApiErrorCode = ErrorCode | 'UNREACHABLE' | 'UNREADABLE';

/**
 * The server refused, or could not be asked. `message` is the server's own sentence, in English;
 * screens say it in the person's language by `code`.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** What the code defines besides: `missing`, `retry_after_ms`, `soft_logout`. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: ApiErrorCode, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.fields = fields;
  }
}

const Challenge = z.object({
  session: z.string(),
  flows: z.array(z.object({ stages: z.array(z.string()) })),
  params: z.record(z.string(), z.unknown()).default({}),
  completed: z.array(z.string()).default([]),
  errcode: z.string().optional(),
  error: z.string().optional(),
});
export type Challenge = z.output<typeof Challenge>;

/** Not a refusal: the server wants something shown or agreed to first (specification: "User-Interactive Authentication API"). */
export class AuthenticationNeeded extends Error {
  override readonly name = 'AuthenticationNeeded';
  readonly challenge: Challenge;

  constructor(challenge: Challenge) {
    super(challenge.error ?? 'The server asks for a confirmation first.');
    this.challenge = challenge;
  }
}

const Refusal = z.looseObject({ errcode: z.string(), error: z.string().default('') });

const isKnown = (code: string): code is ErrorCode => code in ERRORS;

/** What an answer other than 2xx means. */
export function refusalOf(status: number, body: unknown): ApiError | AuthenticationNeeded {
  const challenge = status === 401 ? Challenge.safeParse(body) : undefined;
  if (challenge?.success) return new AuthenticationNeeded(challenge.data);
  const refusal = Refusal.safeParse(body);
  if (!refusal.success) return new ApiError('UNREADABLE', `The server answered ${status} without saying why.`);
  const { errcode, error, ...fields } = refusal.data;
  return new ApiError(isKnown(errcode) ? errcode : 'M_UNKNOWN', error, fields);
}

/** True for an error of one of these codes. */
export const isApiError = (error: unknown, ...codes: readonly ApiErrorCode[]): error is ApiError =>
  error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
