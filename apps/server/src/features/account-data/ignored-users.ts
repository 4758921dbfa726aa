import { IGNORED_USER_LIST, ignoredIn } from '@byline/core/account/ignored-users.ts';
import type { UserId } from '@byline/protocol';
import type { LogEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { AccountData } from './service.ts';

const USERS_KEPT = 20_000;

/** Of whom each user wants to hear nothing: in memory for those who are here. It follows the log. */
export class IgnoredUsers {
  readonly #accountData: Pick<AccountData, 'find'>;
  readonly #known = new Map<UserId, Promise<ReadonlySet<UserId>>>();

  constructor(parts: { readonly accountData: Pick<AccountData, 'find'>; readonly log: Log }) {
    this.#accountData = parts.accountData;
    parts.log.follow((entries) => this.#forgetChanged(entries));
  }

  /** Whom a user ignores. The same object as long as it is the same people. */
  ignoredBy(userId: UserId): Promise<ReadonlySet<UserId>> {
    const known = this.#known.get(userId);
    if (known !== undefined) return known;
    const reading = this.#read(userId);
    // Who waits for it is told of a failure; whoever comes next tries again.
    reading.catch(() => this.#known.delete(userId));
    this.#known.set(userId, reading);
    const [oldest] = this.#known.keys();
    if (this.#known.size > USERS_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return reading;
  }

  async #read(userId: UserId): Promise<ReadonlySet<UserId>> {
    return ignoredIn(await this.#accountData.find({ userId, roomId: null, type: IGNORED_USER_LIST }), userId);
  }

  #forgetChanged(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'account-data' && entry.type === IGNORED_USER_LIST) this.#known.delete(entry.userId);
    }
  }
}
