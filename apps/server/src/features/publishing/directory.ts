import { searchTerms } from '@byline/core/account/search-text.ts';
import type { Category } from '@byline/protocol/byline/identity.ts';
import { DomainError } from '@byline/protocol';
import type { Account } from './account.ts';
import type { AccountStore, DirectoryPlace } from './account-store.ts';
import type { Accounts } from './accounts.ts';

const PLACE = /^([0-2]):([a-z0-9._-]{1,64})$/;

/** Where people find public accounts: those that may publish now, and no other. */
export class Directory {
  readonly #store: AccountStore;
  readonly #accounts: Accounts;

  constructor(parts: { readonly store: AccountStore; readonly accounts: Accounts }) {
    this.#store = parts.store;
    this.#accounts = parts.accounts;
  }

  /** Up to `limit` accounts that a query means, from a place on, and the place after them. Throws `M_INVALID_PARAM`. */
  async search(
    query: string,
    { category, from, limit }: { readonly category?: Category; readonly from?: string; readonly limit: number },
  ): Promise<{ accounts: Account[]; next?: string }> {
    const rows = await this.#store.search({
      terms: searchTerms(query),
      category,
      holding: this.#accounts.permission.holding(),
      after: from === undefined ? undefined : parsePlace(from),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const accounts = shown.map(({ accountId }) => this.#accounts.byId(accountId)).filter((one) => one !== undefined);
    return rows.length > limit && last !== undefined ? { accounts, next: `${last.rank}:${last.handle}` } : { accounts };
  }
}

const parsePlace = (text: string): DirectoryPlace => {
  const [, rank, handle] = PLACE.exec(text) ?? [];
  if (rank === undefined || handle === undefined)
    throw new DomainError('M_INVALID_PARAM', 'This is no place in the directory.');
  return { rank: Number(rank), handle };
};
