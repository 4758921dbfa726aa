import {
  grantRole,
  listStaff,
  listStaffChanges,
  revokeRole,
  type StaffChange,
  type StaffMember,
} from '@byline/protocol/byline/staff.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import { UserId } from '@byline/protocol';
import type { Api } from '../api/api.ts';
import { ApiError } from '../api/errors.ts';
import { Resource } from '../resource.ts';

/** Who works for the provider, and as what. */
export class StaffList {
  readonly members: Resource<readonly StaffMember[]>;
  /** Who gave and took which role, the newest first. */
  readonly changes: Resource<readonly StaffChange[]>;
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
    this.members = new Resource(async () => (await api.call(listStaff)).staff);
    this.changes = new Resource(async () => (await api.call(listStaffChanges, { query: {} })).changes);
  }

  /** Throws `ApiError` (`M_NOT_FOUND` for somebody who is not here, `BYLINE_ROLES_EXCLUDE`). */
  async grant(userId: string, role: StaffRole): Promise<void> {
    await this.#api.call(grantRole, { params: { userId: parsed(userId), role } });
    await Promise.all([this.members.reload(), this.changes.reload()]);
  }

  /** Throws `ApiError` (`M_FORBIDDEN` for the last administrator). */
  async revoke(userId: string, role: StaffRole): Promise<void> {
    await this.#api.call(revokeRole, { params: { userId: parsed(userId), role } });
    await Promise.all([this.members.reload(), this.changes.reload()]);
  }
}

/** The whole id of a user that was written as `ada`, `@ada` or `@ada:server`; as it is when it is none of them. */
export const wholeUserId = (text: string, server: string): string => {
  const name = text.trim().replace(/^@/, '').toLowerCase();
  return name.includes(':') ? `@${name}` : `@${name}:${server}`;
};

/** The name before the colon. */
export const shortUserId = (userId: string): string => /^@([^:]*):/.exec(userId)?.[1] ?? userId;

/** The server's name after the colon. */
export const serverOfUser = (userId: string): string => userId.slice(userId.indexOf(':') + 1);

function parsed(userId: string): UserId {
  const result = UserId.safeParse(userId);
  if (result.success) return result.data;
  throw new ApiError('M_NOT_FOUND', 'There is nobody of that name here.');
}
