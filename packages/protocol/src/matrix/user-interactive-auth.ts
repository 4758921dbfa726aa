import { z } from 'zod';

/** The `auth` of a request that needs user-interactive authentication; each stage reads what is its own. */
export const AuthenticationData = z.looseObject({
  type: z.string().optional(),
  session: z.string().optional(),
});
export type AuthenticationData = z.output<typeof AuthenticationData>;
