import { z } from 'zod';

/** Whose identity must be verified. It stands by itself, because the app asks it at its start, when it needs no other policy. */
export const IdentityRequired = z.enum(['public-accounts', 'everyone']);
