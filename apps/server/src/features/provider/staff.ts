import { hash, randomBytes } from 'node:crypto';
import { conflictingRole } from '@byline/core/provider/exclusive-roles.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { StaffChange, StaffMember } from '@byline/protocol/byline/staff.ts';
import type { StaffRole } from '@byline/protocol/byline/staff-role.ts';
import type { Clock } from '../../platform/clock.ts';
import { Turns } from '../../platform/turns.ts';
import type { Users } from '../users/service.ts';
import type { StaffChangeRow, StaffRow, StaffStore } from './staff-store.ts';

/** Who works for the provider, and as what. All of it is in memory: roles are asked for at every turn. */
export class Staff {
  readonly #store: StaffStore;
  readonly #users: Users;
  readonly #clock: Clock;
  readonly #publicUrl: string;
  readonly #turns = new Turns();
  #rows: readonly StaffRow[];

  private constructor(parts: StaffParts, rows: readonly StaffRow[]) {
    this.#store = parts.store;
    this.#users = parts.users;
    this.#clock = parts.clock;
    this.#publicUrl = parts.publicUrl;
    this.#rows = rows;
    this.#users.onDeactivate(({ userId }) => this.#dismiss(userId));
  }

  static async open(parts: StaffParts): Promise<Staff> {
    return new Staff(parts, await parts.store.all());
  }

  rolesOf(userId: UserId): StaffRole[] {
    return this.#rows.filter((row) => row.user_id === userId).map(({ role }) => role);
  }

  /** Everybody who has a role. */
  holdersOf(role: StaffRole): UserId[] {
    return this.#rows.filter((row) => row.role === role).map(({ user_id }) => user_id);
  }

  /** Everybody who has any role. */
  everybody(): UserId[] {
    return [...new Set(this.#rows.map(({ user_id }) => user_id))];
  }

  hasRole(userId: UserId, role: StaffRole): boolean {
    return this.#rows.some((row) => row.user_id === userId && row.role === role);
  }

  /** Throws `BYLINE_ROLE_REQUIRED`, which names the role. */
  requireRole(userId: UserId, role: StaffRole): void {
    if (this.hasRole(userId, role)) return;
    throw new DomainError('BYLINE_ROLE_REQUIRED', 'This is for staff of this server who have that role.', { role });
  }

  /** All staff, for administrators. Throws `BYLINE_ROLE_REQUIRED`. */
  list(by: UserId): StaffMember[] {
    this.requireRole(by, 'administrator');
    const members = Map.groupBy(this.#rows, ({ user_id }) => user_id);
    return [...members].map(([userId, rows]) => ({ user_id: userId, roles: rows.map(grantOf) }));
  }

  /** Who gave and took which role, the newest first, for administrators. Throws `BYLINE_ROLE_REQUIRED`. */
  async changes(by: UserId, before: number | undefined, limit: number): Promise<StaffChange[]> {
    this.requireRole(by, 'administrator');
    return (await this.#store.changes(before, limit)).map(changeOf);
  }

  /**
   * Gives somebody a role, unless they have one that excludes it.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND` when there is no such person here, `BYLINE_ROLES_EXCLUDE`
   */
  async grant(by: UserId, userId: UserId, role: StaffRole): Promise<void> {
    this.requireRole(by, 'administrator');
    const user = await this.#users.find(userId);
    if (user === undefined || user.deactivated || user.kind !== 'person')
      throw new DomainError('M_NOT_FOUND', 'There is nobody of that name here.');
    const row = { user_id: userId, role, granted_by: by, granted_at: this.#clock.now() };
    await this.#turns.take(async () => {
      // Once more at its turn: it may have been taken from them meanwhile.
      this.requireRole(by, 'administrator');
      this.#requireCompatible(userId, role);
      await this.#store.insert(row);
      this.#rows = await this.#store.all();
    });
  }

  /** Throws `BYLINE_ROLE_REQUIRED`, and `M_FORBIDDEN` when it would leave no administrator. */
  async revoke(by: UserId, userId: UserId, role: StaffRole): Promise<void> {
    await this.#turns.take(async () => {
      this.requireRole(by, 'administrator');
      const administrators = this.holdersOf('administrator');
      if (role === 'administrator' && administrators.length === 1 && administrators.includes(userId))
        throw new DomainError('M_FORBIDDEN', 'This is the last administrator. Please name another one first.');
      await this.#remove(userId, [role], by);
    });
  }

  /** The link by which somebody becomes the first administrator; `undefined` when there is one. Earlier links end. */
  async setupLink(): Promise<string | undefined> {
    if (this.holdersOf('administrator').length > 0) return undefined;
    const token = randomBytes(24).toString('base64url');
    await this.#store.replaceSetupToken(digestOf(token), this.#clock.now());
    // Behind the #: browsers send it to nobody, so it stands in no log.
    return `${this.#publicUrl}/setup#${token}`;
  }

  /** Whether this is the token of the link; it stays good. */
  isSetupToken(token: string): Promise<boolean> {
    return this.#store.hasSetupToken(digestOf(token));
  }

  /** Makes whoever has the link's token an administrator, once. Throws `M_FORBIDDEN`, `BYLINE_ROLES_EXCLUDE`. */
  async setUp(userId: UserId, token: string): Promise<StaffRole[]> {
    this.#requireCompatible(userId, 'administrator');
    const spent = await this.#store.spendSetupToken(digestOf(token), {
      user_id: userId,
      role: 'administrator',
      granted_by: null,
      granted_at: this.#clock.now(),
    });
    if (!spent) throw new DomainError('M_FORBIDDEN', 'This link is used up. A restart of the server makes a new one.');
    this.#rows = await this.#store.all();
    return this.rolesOf(userId);
  }

  async #dismiss(userId: UserId): Promise<void> {
    await this.#turns.take(async () => {
      const roles = this.rolesOf(userId);
      if (roles.length > 0) await this.#remove(userId, roles, null);
    });
  }

  #requireCompatible(userId: UserId, role: StaffRole): void {
    const held = conflictingRole(this.rolesOf(userId), role);
    if (held === undefined) return;
    throw new DomainError(
      'BYLINE_ROLES_EXCLUDE',
      `Nobody is ${role} and ${held} at once. Please choose somebody else, or take the other role from them first.`,
      { role, held },
    );
  }

  async #remove(userId: UserId, roles: readonly StaffRole[], by: UserId | null): Promise<void> {
    await this.#store.delete(userId, roles, { by, at: this.#clock.now() });
    this.#rows = await this.#store.all();
  }
}

interface StaffParts {
  readonly store: StaffStore;
  readonly users: Users;
  readonly clock: Clock;
  readonly publicUrl: string;
}

const grantOf = ({ role, granted_by, granted_at }: StaffRow): StaffMember['roles'][number] => ({
  role,
  ...(granted_by === null ? {} : { granted_by }),
  granted_at,
});

const changeOf = ({ made_by, ...change }: StaffChangeRow): StaffChange => ({
  ...change,
  ...(made_by === null ? {} : { by: made_by }),
});

/** The token has 192 random bits, so a plain hash is enough. */
const digestOf = (token: string): string => hash('sha256', token, 'base64url');
