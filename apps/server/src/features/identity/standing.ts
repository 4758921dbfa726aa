import { mayTalkUntil } from '@byline/core/identity/grace.ts';
import { mayTalk, nextStep, type ToDo } from '@byline/core/identity/standing.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { Standing as StandingView } from '@byline/protocol/byline/standing.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Policy, Staff } from '../provider/service.ts';
import type { Users } from '../users/service.ts';
import type { ApplicationStore } from './application-store.ts';
import type { IdentityStore } from './identity-store.ts';

interface StandingParts {
  readonly applications: ApplicationStore;
  readonly identities: IdentityStore;
  readonly policy: Policy;
  readonly staff: Staff;
  readonly users: Users;
  readonly clock: Clock;
  readonly publicUrl: string;
}

/** Somebody whom the policy keeps from talking, or soon will. */
export interface Blocked {
  readonly userId: UserId;
  /** Since when the policy holds, in milliseconds since the epoch. */
  readonly since: number;
  /** Until when they may still talk, because they had an account before; absent: they may not. */
  readonly until?: number;
  readonly applyUrl: string;
}

/** Where the app lets people apply. */
const APPLY_PATH = '/me/apply';

const WHY: Readonly<Record<ToDo, string>> = {
  apply:
    'Here everybody shows who they are before they talk or publish. You can sign in and read meanwhile. Please apply.',
  continue:
    'Here everybody shows who they are before they talk or publish. Your application was not sent yet. Please finish it.',
  wait: 'Here everybody shows who they are before they talk or publish. A reviewer has your application; you will read the answer in the app.',
  correct:
    'Here everybody shows who they are before they talk or publish. A reviewer asked you to change your application.',
};

/**
 * Who may talk and publish. Who has an approved identity is in memory, because each message asks; the policy is asked
 * each time, so that a change holds at once, for accounts that were there before it too.
 */
export class Standing {
  readonly #applications: ApplicationStore;
  readonly #policy: Policy;
  readonly #staff: Staff;
  readonly #users: Users;
  readonly #clock: Clock;
  readonly #applyUrl: string;
  readonly #verified: Set<UserId>;
  readonly #listeners: ((blocked: Blocked) => void)[] = [];

  private constructor(parts: StandingParts, verified: readonly UserId[]) {
    this.#applications = parts.applications;
    this.#policy = parts.policy;
    this.#staff = parts.staff;
    this.#users = parts.users;
    this.#clock = parts.clock;
    this.#applyUrl = `${parts.publicUrl}${APPLY_PATH}`;
    this.#verified = new Set(verified);
  }

  static async open(parts: StandingParts): Promise<Standing> {
    return new Standing(parts, await parts.identities.holders());
  }

  /** Takes over that somebody's identity was approved. */
  verified(userId: UserId): void {
    this.#verified.add(userId);
  }

  /** Has `listener` called whenever the policy keeps somebody from what they wanted to do, or soon will. It must not throw. */
  onBlocked(listener: (blocked: Blocked) => void): void {
    this.#listeners.push(listener);
  }

  /** Throws `BYLINE_IDENTITY_REQUIRED`, with where to apply (`apply_url`) and what to do next (`to_do`). */
  async requireMayTalk(userId: UserId): Promise<void> {
    if (this.#mayTalk(userId)) return;
    const since = this.#since();
    const until = await this.#graceOf(userId, since);
    for (const listener of this.#listeners)
      listener({ userId, since, ...(until === undefined ? {} : { until }), applyUrl: this.#applyUrl });
    if (until !== undefined) return;
    const toDo = await this.#nextStep(userId);
    throw new DomainError('BYLINE_IDENTITY_REQUIRED', WHY[toDo], { apply_url: this.#applyUrl, to_do: toDo });
  }

  /** What somebody may do here and, if something is in the way, what to do about it. */
  async of(userId: UserId): Promise<StandingView> {
    const standing = {
      verified: this.#verified.has(userId),
      may_talk: this.#mayTalk(userId),
      identity_required: this.#policy.get('identity.required'),
    };
    if (standing.may_talk) return standing;
    const toDo = await this.#nextStep(userId);
    const next = { to_do: toDo, apply_url: this.#applyUrl };
    const until = await this.#graceOf(userId, this.#since());
    if (until !== undefined) return { ...standing, may_talk: true, grace_until: until, ...next };
    return { ...standing, why: WHY[toDo], ...next };
  }

  #since(): number {
    return this.#policy.timeline.since('identity.required', this.#clock.now());
  }

  /** Until when somebody may talk all the same, because they had an account before; `undefined`: they may not. */
  async #graceOf(userId: UserId, since: number): Promise<number | undefined> {
    const now = this.#clock.now();
    const grace = { since, days: this.#policy.get('everyone.grace') };
    // Most servers have none, or it is over: then nobody's age has to be read.
    if (mayTalkUntil(grace, -Infinity, now) === undefined) return undefined;
    const user = await this.#users.find(userId);
    return user === undefined ? undefined : mayTalkUntil(grace, user.createdAt, now);
  }

  #mayTalk(userId: UserId): boolean {
    const verified = this.#verified.has(userId);
    // The provider's own people are known to it: they were given their role by name.
    const staff = this.#staff.rolesOf(userId).length > 0;
    return mayTalk(this.#policy.get('identity.required'), { verified, staff });
  }

  async #nextStep(userId: UserId): Promise<ToDo> {
    const applications = await this.#applications.ofApplicant(userId);
    const open = applications
      .map(({ state }) => state)
      .find((state) => state !== 'approved' && state !== 'refused' && state !== 'withdrawn');
    return nextStep({ open });
  }
}
