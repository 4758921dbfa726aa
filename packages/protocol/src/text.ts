import { z } from 'zod';

/** Text that people write, of at most so many UTF-16 units. PostgreSQL can't keep NUL, so nobody may send it. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest, { error: `may have at most ${longest} characters` })
    .refine((value) => !value.includes('\0'), { error: 'may not contain the character U+0000' });
