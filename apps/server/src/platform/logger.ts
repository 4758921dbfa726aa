import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config/config.ts';

/** What is written of an error. */
interface Fault {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Where it was thrown. */
  readonly stack?: string;
  readonly cause?: Fault;
}

/** The log of the process, a line of JSON each. */
export const makeLogger = (level: LogLevel, destination?: DestinationStream): Logger =>
  pino({ level, serializers: { err: faultOf } }, destination);

/**
 * An error without what people have said: a database repeats the values of a row in its message, its detail and its
 * parameters, and a parser the text that it could not read; of these only the code and the place are written.
 */
export const faultOf = (error: unknown): Fault => {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = error.stack?.match(/^ {4}at .*$/gm)?.join('\n');
  return {
    type: error.constructor.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(repeatsInput(error) ? {} : { message: error.message }),
    ...(frames === undefined ? {} : { stack: frames }),
    ...(error.cause === undefined ? {} : { cause: faultOf(error.cause) }),
  };
};

/** A PostgreSQL error is told by its severity, so that the driver need not be known here. */
const repeatsInput = (error: Error): boolean => 'severity' in error || error instanceof SyntaxError;
