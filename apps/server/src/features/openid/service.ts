import { DomainError, type UserId } from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import { ShortLivedTokens } from '../../platform/short-lived-tokens.ts';
import type { Users } from '../users/service.ts';

export const LIFETIME_SECONDS = 3_600;
const MOST_TOKENS = 100_000;

/** Lets people show another service who they are, without giving it anything else (specification, client-server API: "OpenID"). */
export class OpenId {
  readonly #users: Users;
  readonly #tokens: ShortLivedTokens<UserId>;

  constructor({ users, clock }: { readonly users: Users; readonly clock: Clock }) {
    this.#users = users;
    this.#tokens = new ShortLivedTokens({ clock, lifetime: LIFETIME_SECONDS * 1_000, most: MOST_TOKENS });
  }

  /** A token that says who somebody is, and opens nothing. Throws `M_FORBIDDEN` unless it is for oneself. */
  issue(caller: UserId, userId: UserId): string {
    if (caller !== userId) throw new DomainError('M_FORBIDDEN', 'You can show only who you are yourself.');
    return this.#tokens.issue(userId);
  }

  /** Whose token it is. Throws `M_UNKNOWN_TOKEN`. */
  async ownerOf(token: string): Promise<UserId> {
    const userId = this.#tokens.find(token);
    const user = userId === undefined ? undefined : await this.#users.find(userId);
    if (user === undefined || user.deactivated)
      throw new DomainError('M_UNKNOWN_TOKEN', 'This token is not known, or has expired.');
    return user.userId;
  }
}
