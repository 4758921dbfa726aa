import { z } from 'zod';
import { UserId } from '../ids.ts';
import { operation } from '../operation.ts';
import { StaffRole } from './staff-role.ts';

export const StaffMember = z.object({
  user_id: UserId,
  roles: z.array(
    z.object({
      role: StaffRole,
      /** Absent: by the one-time link. */
      granted_by: UserId.optional(),
      /** Milliseconds since the epoch. */
      granted_at: z.int(),
    }),
  ),
});
export type StaffMember = z.output<typeof StaffMember>;

/** That a role was given or taken. Nothing of this is ever deleted. */
export const StaffChange = z.object({
  number: z.int(),
  /** Milliseconds since the epoch. */
  at: z.int(),
  user_id: UserId,
  role: StaffRole,
  change: z.enum(['granted', 'revoked']),
  /** Absent: by the one-time link, or because the account was closed. */
  by: UserId.optional(),
});
export type StaffChange = z.output<typeof StaffChange>;

const grant = { params: z.object({ userId: UserId, role: StaffRole }) };

export const listStaff = operation({
  method: 'GET',
  paths: ['/_byline/v1/staff'],
  auth: 'required',
  limit: 'read',
  summary: 'List the staff (administrators)',
  answer: z.object({ staff: z.array(StaffMember) }),
});

export const listStaffChanges = operation({
  method: 'GET',
  paths: ['/_byline/v1/staff-changes'],
  auth: 'required',
  limit: 'read',
  summary: 'Read who gave and took which role, the newest first (administrators)',
  query: z.object({
    /** The `number` before which to go on; absent: from the newest. */
    before: z.coerce.number().pipe(z.int().positive()).optional(),
    limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(50),
  }),
  answer: z.object({ changes: z.array(StaffChange) }),
});

export const grantRole = operation({
  method: 'PUT',
  paths: ['/_byline/v1/staff/:userId/:role'],
  auth: 'required',
  limit: 'write',
  summary: 'Give somebody a role (administrators)',
  ...grant,
});

export const revokeRole = operation({
  method: 'DELETE',
  paths: ['/_byline/v1/staff/:userId/:role'],
  auth: 'required',
  limit: 'write',
  summary: 'Take a role from somebody (administrators)',
  ...grant,
});
