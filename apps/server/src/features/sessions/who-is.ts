import { DomainError, type UserId } from '@byline/protocol';
import type { Device } from '@byline/protocol/matrix/devices.ts';
import type { Staff } from '../provider/service.ts';
import type { Users } from '../users/service.ts';
import type { Sessions } from './service.ts';

/** Tells people of their own devices, and administrators of anybody's. */
export class WhoIs {
  readonly #users: Users;
  readonly #sessions: Sessions;
  readonly #staff: Staff;

  constructor(parts: { readonly users: Users; readonly sessions: Sessions; readonly staff: Staff }) {
    this.#users = parts.users;
    this.#sessions = parts.sessions;
    this.#staff = parts.staff;
  }

  /** Throws `M_FORBIDDEN`, whether or not there is such a user; for administrators `M_NOT_FOUND`. */
  async devices(caller: UserId, userId: UserId): Promise<readonly Device[]> {
    if (caller !== userId && !this.#staff.hasRole(caller, 'administrator'))
      throw new DomainError('M_FORBIDDEN', 'You can look up only yourself.');
    if ((await this.#users.find(userId)) === undefined)
      throw new DomainError('M_NOT_FOUND', 'There is nobody of that name here.');
    return this.#sessions.devices(userId);
  }
}
