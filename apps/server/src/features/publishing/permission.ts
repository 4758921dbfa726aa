import { verificationEnd } from '@byline/core/account/verification-end.ts';
import { DAY_MS } from '@byline/core/provider/days.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { Qualification } from '@byline/protocol/byline/accounts.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Policy } from '../provider/service.ts';
import { type Account, requireOperator } from './account.ts';
import type { Holding } from './account-store.ts';

const LIFETIME = 'verification.lifetime';

interface PermissionParts {
  readonly policy: Policy;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/**
 * Which account may publish at this moment: one that a review has qualified, as long as that holds. It holds as long as
 * the review said, and never longer than the policy lets a verification live, also where the policy came later.
 */
export class PublishPermission {
  readonly #policy: Policy;
  readonly #clock: Clock;
  readonly #publicUrl: string;

  constructor({ policy, clock, publicUrl }: PermissionParts) {
    this.#policy = policy;
    this.#clock = clock;
    this.#publicUrl = publicUrl;
  }

  /** When a verification that is given now ends, unless the review says otherwise. */
  usualEnd(): number {
    return this.#clock.now() + this.#policy.get(LIFETIME) * DAY_MS;
  }

  /** Which verifications hold now, as a query asks. */
  holding(): Holding {
    const at = this.#clock.now();
    return { at, verifiedAfter: at - this.#policy.get(LIFETIME) * DAY_MS };
  }

  /** When the account's verification ends or has ended, by all that is decided; `undefined`: it was never verified. */
  endOf({ qualification, verifiedAt }: Account): number | undefined {
    if (qualification === null) return undefined;
    const now = this.#clock.now();
    const { timeline } = this.#policy;
    const present = { days: timeline.at(LIFETIME, now), from: now };
    const upcoming = timeline.after(LIFETIME, now).map(({ value, from }) => ({ days: value, from }));
    return verificationEnd({ verifiedAt, expires: qualification.expires }, [present, ...upcoming]);
  }

  /** What lets the account publish now; `null`: nothing does (any more). */
  qualificationOf(account: Account): Qualification | null {
    const expires = this.endOf(account);
    if (account.qualification === null || expires === undefined || expires <= this.#clock.now()) return null;
    return { ...account.qualification, expires };
  }

  /** Where the owner confirms again who they are. */
  renewalUrl({ handle }: Account): string {
    return `${this.#publicUrl}/me/accounts/${handle}/renew`;
  }

  /** The one refusal of all ways to publish. Throws `M_FORBIDDEN`, or `BYLINE_NOT_QUALIFIED`. */
  requirePublisher(account: Account, userId: UserId): void {
    requireOperator(account, userId);
    if (this.qualificationOf(account) === null) throw this.#refusal(account);
  }

  #refusal(account: Account): DomainError {
    const { handle, qualification, endedBecause } = account;
    if (qualification === null)
      return notQualified(
        'This account can publish once a reviewer has approved it. You can read in the app where the review stands.',
        { handle },
      );
    if (endedBecause !== null)
      return notQualified(
        `${endedBecause} Drafts, posts and subscribers stay. Apply again with the same handle, and show who you are in another way; then it can publish again.`,
        { handle, ended_at: qualification.expires, why: endedBecause },
      );
    const end = this.endOf(account);
    const renewal = { handle, expired_at: end, renew_url: this.renewalUrl(account) };
    if (qualification.expires === end)
      return notQualified(
        'The verification of this account has run out. Drafts, posts and subscribers stay. Confirm again who you are, then it can publish again.',
        renewal,
      );
    return notQualified(
      'By the policy of this provider the verification of this account is too old. Drafts, posts and subscribers stay. Confirm again who you are, then it can publish again.',
      { ...renewal, policy: LIFETIME },
    );
  }
}

const notQualified = (message: string, fields: Readonly<Record<string, unknown>>): DomainError =>
  new DomainError('BYLINE_NOT_QUALIFIED', message, fields);
