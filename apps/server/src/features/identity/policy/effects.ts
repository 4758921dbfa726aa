import { graceEnd } from '@byline/core/identity/grace.ts';
import { DAY_MS } from '@byline/core/provider/days.ts';
import type { UserId } from '@byline/protocol';
import type { PolicyEffect, PolicyKey, PolicyValue } from '@byline/protocol/byline/policy.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Policy, Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { EffectStore } from './effect-store.ts';

type Timeline = Policy['timeline'];
type Concerns = PolicyEffect['concerns'];

interface EffectParts {
  readonly store: EffectStore;
  readonly policy: Policy;
  readonly staff: Staff;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** Whom a policy can block. Caps and terms hold for what comes after them, and block nobody who is there. */
const CONCERNS: Readonly<Record<PolicyKey, Concerns>> = {
  'identity.required': 'people',
  'everyone.grace': 'people',
  'verification.lifetime': 'public-accounts',
  'accounts.per-individual': 'nobody',
  'accounts.per-organisation': 'nobody',
  'review.due': 'nobody',
  'evidence.kept': 'nobody',
};

/** Looks at what a change of a policy would do, before it is made. */
export class PolicyEffects {
  readonly #store: EffectStore;
  readonly #policy: Policy;
  readonly #staff: Staff;
  readonly #accounts: Accounts;
  readonly #clock: Clock;

  constructor({ store, policy, staff, accounts, clock }: EffectParts) {
    this.#store = store;
    this.#policy = policy;
    this.#staff = staff;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /**
   * How many accounts that are there a change would block, today and in 30 days, and how many are blocked without it.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM`, as the change itself would
   */
  async preview(by: UserId, key: PolicyKey, value: PolicyValue, from: number | undefined): Promise<PolicyEffect> {
    const changed = this.#policy.considered(by, key, value, from);
    const concerns = CONCERNS[key];
    const now = this.#clock.now();
    const at = async (time: number) => ({
      blocked: await this.#blocked(concerns, changed, time),
      blocked_otherwise: await this.#blocked(concerns, this.#policy.timeline, time),
    });
    return { concerns, of: await this.#all(concerns), today: await at(now), in_30_days: await at(now + 30 * DAY_MS) };
  }

  #blocked(concerns: Concerns, timeline: Timeline, at: number): Promise<number> | number {
    if (concerns === 'people') return this.#blockedPeople(timeline, at);
    return concerns === 'public-accounts' ? this.#blockedAccounts(timeline, at) : 0;
  }

  #blockedPeople(timeline: Timeline, at: number): Promise<number> | number {
    if (timeline.at('identity.required', at) !== 'everyone') return 0;
    const since = timeline.since('identity.required', at);
    const isGrace = at < graceEnd({ since, days: timeline.at('everyone.grace', at) });
    return this.#store.unverified({ except: this.#staff.everybody(), createdFrom: isGrace ? since : 0 });
  }

  async #blockedAccounts(timeline: Timeline, at: number): Promise<number> {
    const verifiedAfter = at - timeline.at('verification.lifetime', at) * DAY_MS;
    return (await this.#accounts.countVerified()) - (await this.#accounts.countHolding({ at, verifiedAfter }));
  }

  #all(concerns: Concerns): Promise<number> | number {
    if (concerns === 'people') return this.#store.people();
    return concerns === 'public-accounts' ? this.#accounts.countVerified() : 0;
  }
}
