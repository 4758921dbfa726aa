import { z } from 'zod';

/** The ways to name a user at sign-in (specification, client-server API: "Identifier types"). Unknown ones are refused later. */
export const UserIdentifier = z.looseObject({
  type: z.string(),
  user: z.string().optional(),
});
export type UserIdentifier = z.output<typeof UserIdentifier>;

/** How a password names its owner: `identifier`, or the older `user`. */
export interface NamesUser {
  readonly identifier?: UserIdentifier | undefined;
  readonly user?: string | undefined;
}
