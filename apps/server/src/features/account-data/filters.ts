import { hash } from 'node:crypto';
import { DomainError, type UserId } from '@byline/protocol';
import { Filter } from '@byline/protocol/matrix/filter.ts';
import { requireSmallFilter } from './limits.ts';
import type { AccountDataStore } from './store.ts';

const MOST_FILTERS = 10_000;

/** The filters that users keep here. A filter's id is made of what it says, so it never changes. */
export class Filters {
  readonly #store: AccountDataStore;
  /** Those in use, so that a sync takes no query for its filter. */
  readonly #known = new Map<string, Filter>();

  constructor(store: AccountDataStore) {
    this.#store = store;
  }

  /** Keeps a filter, and gives its id. Throws `M_TOO_LARGE`. */
  async define(userId: UserId, filter: Filter): Promise<string> {
    const text = JSON.stringify(filter);
    requireSmallFilter(text);
    const id = hash('sha256', text, 'base64url').slice(0, 20);
    await this.#store.insertFilter(userId, id, text);
    return id;
  }

  /** Throws `M_NOT_FOUND`. The same filter is the same object for as long as it is in use. */
  async filter(userId: UserId, filterId: string): Promise<Filter> {
    const key = `${userId} ${filterId}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const text = await this.#store.findFilter(userId, filterId);
    if (text === undefined) throw new DomainError('M_NOT_FOUND', 'You have no such filter.');
    const filter = Filter.parse(JSON.parse(text));
    this.#keep(key, filter);
    return filter;
  }

  #keep(key: string, filter: Filter): void {
    if (this.#known.size >= MOST_FILTERS) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    this.#known.set(key, filter);
  }
}
