import { z } from 'zod';

/**
 * A place in the order of everything that happens, as clients hold it: `next_batch`, `prev_batch`, `start`, `end`, `from`, `to`, `at`.
 * It stands right after the entry of that position; parsed, it is the position.
 */
export const Token = z
  .string()
  .regex(/^s\d{1,15}$/, { error: 'is not a token of this server' })
  .transform((token) => Number(token.slice(1)));

export const tokenOf = (position: number): string => `s${position}`;
