import { getAccount, type PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';
import { Resource } from '../resource.ts';

/** Public accounts, each known once: whatever answer tells of one, every screen that shows it shows that. */
export class KnownAccounts {
  readonly #api: Api;
  readonly #accounts = new Map<string, Resource<PublicAccount>>();
  readonly #changes = new Source(0);

  constructor(api: Api) {
    this.#api = api;
  }

  /** Changes whenever more, or something else, is known of any account. */
  get changes(): Observable<unknown> {
    return this.#changes;
  }

  /** One account, fetched when it is first looked at. */
  account(handle: string): Resource<PublicAccount> {
    const known = this.#accounts.get(handle);
    if (known !== undefined) return known;
    const account = new Resource(() => this.#api.call(getAccount, { params: { handle } }));
    this.#accounts.set(handle, account);
    return account;
  }

  /** What is known of an account now. */
  read(handle: string): PublicAccount | undefined {
    return this.#accounts.get(handle)?.get().value;
  }

  /** Takes what an answer said. */
  keep(accounts: readonly PublicAccount[]): void {
    for (const account of accounts) this.account(account.handle).set(account);
    if (accounts.length > 0) this.#changes.update((count) => count + 1);
  }
}
