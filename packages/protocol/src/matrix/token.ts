import { z } from 'zod';

/**
 * A place in the order of everything that happens, as clients hold it: `next_batch`, `prev_batch`, `start`, `end`, `from`, `to`, `at`.
 * It stands right after the entry of that position.
 */
export const PositionToken = z
  .string()
  .regex(/^s\d{1,15}$/, { error: 'is not a token of this server' })
  .transform((token) => Number(token.slice(1)));

export const positionToken = (position: number): string => `s${position}`;
