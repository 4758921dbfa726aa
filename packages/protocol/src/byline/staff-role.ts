import { z } from 'zod';

/**
 * What people of the provider may do: administrators run the server, reviewers verify publishers, moderators decide on
 * reports, custodians hold the keys of sealed identities.
 */
export const StaffRole = z.enum(['administrator', 'reviewer', 'moderator', 'custodian']);
export type StaffRole = z.output<typeof StaffRole>;
