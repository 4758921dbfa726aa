import { dueReminder, REMINDER_DAYS, type ReminderDays } from '@byline/core/account/verification-end.ts';
import { DAY_MS } from '@byline/core/provider/days.ts';
import type { UserId } from '@byline/protocol';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/clock.ts';
import type { Policy } from '../provider/service.ts';
import type { Accounts } from './accounts.ts';
import type { Ending, ExpiryReminderStore } from './expiry-reminder-store.ts';

/** What an owner is told. */
export interface ExpiryReminder {
  readonly owner: UserId;
  readonly name: string;
  /** When the verification ends or has ended, in milliseconds since the epoch. */
  readonly end: number;
  readonly days: ReminderDays;
  readonly renewUrl: string;
  /** Names this reminder: of one occasion somebody is told once. */
  readonly occasion: string;
}

/** Resolves when the owner was told, or had been told before. */
type Tell = (reminder: ExpiryReminder) => Promise<void>;

interface ReminderParts {
  readonly store: ExpiryReminderStore;
  readonly accounts: Accounts;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly logger: Logger;
}

const LOOK_EVERY_MS = 15 * 60_000;
const AT_ONCE = 200;
const FIRST_DAYS = REMINDER_DAYS[0];

/** Tells owners before the verification of an account ends, and when it has: each thing once, whatever the clock does. */
export class ExpiryReminders {
  readonly #store: ExpiryReminderStore;
  readonly #accounts: Accounts;
  readonly #policy: Policy;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #looking: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor({ store, accounts, policy, clock, logger }: ReminderParts) {
    this.#store = store;
    this.#accounts = accounts;
    this.#policy = policy;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Looks now, then again and again, and whenever a policy changes. */
  start(tell: Tell): void {
    const look = (): void => this.#look(tell);
    this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
    this.#policy.onChange(look);
    look();
  }

  /** Resolves when nobody is being told any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  /** One look after the other; what fails is tried with the next. */
  #look(tell: Tell): void {
    this.#looking = this.#looking
      .then(() => (this.#timer === undefined ? undefined : this.#tellAll(tell)))
      .catch((error: unknown) => this.#logger.error({ err: error }, 'owners could not be reminded'));
  }

  async #tellAll(tell: Tell): Promise<void> {
    const now = this.#clock.now();
    const endsBefore = now + FIRST_DAYS * DAY_MS;
    const verifiedBefore = endsBefore - this.#shortestLifetime(now, endsBefore) * DAY_MS;
    for (let after = ''; ;) {
      const endings = await this.#store.ending({ endsBefore, verifiedBefore, after, limit: AT_ONCE });
      for (const ending of endings) await this.#tellOne(ending, now, tell);
      const last = endings.at(-1);
      if (last === undefined || this.#timer === undefined) return;
      after = last.accountId;
    }
  }

  #shortestLifetime(now: number, until: number): number {
    const { timeline } = this.#policy;
    const upcoming = timeline.after('verification.lifetime', now).filter(({ from }) => from <= until);
    return Math.min(timeline.at('verification.lifetime', now), ...upcoming.map(({ value }) => value));
  }

  async #tellOne(ending: Ending, now: number, tell: Tell): Promise<void> {
    const account = this.#accounts.byId(ending.accountId);
    if (account === undefined || account.verifiedAt !== ending.verifiedAt || account.endedBecause !== null) return;
    const { permission } = this.#accounts;
    const end = permission.endOf(account);
    const days = end === undefined ? undefined : dueReminder(end, now, ending.given ?? undefined);
    if (end === undefined || days === undefined) return;
    const occasion = `expiry ${ending.accountId} ${ending.verifiedAt} ${days}`;
    const told = { name: account.name, end, days, renewUrl: permission.renewalUrl(account), occasion };
    for (const { userId, role } of account.operators.values())
      if (role === 'owner') await tell({ ...told, owner: userId });
    // Afterwards: had the server stopped in between, the occasion keeps them from being told again.
    await this.#store.keep(ending, days, now);
  }
}
