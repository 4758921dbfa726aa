import { z } from 'zod';

/** Text that people write, of at most so many UTF-16 units. What no engine can keep as it came, nobody may send. */
export const text = (longest: number) =>
  z
    .string()
    .max(longest, { error: `may have at most ${longest} characters` })
    .refine((value) => !value.includes('\0'), { error: 'may not contain the character U+0000' })
    .refine((value) => value.isWellFormed(), { error: 'may not contain half of a character' });
