import { z } from 'zod';

/**
 * A place in the one order of everything that a client may be told, as clients carry it: `s` and the position.
 * Sync, messages and context speak of the same order, so a token of one serves the others.
 */
export const Token = z
  .string()
  .regex(/^s\d{1,15}$/, { error: 'is not a token of this server' })
  .transform((token) => Number(token.slice(1)));

/** The token of a position. */
export const tokenOf = (position: number): string => `s${position}`;
