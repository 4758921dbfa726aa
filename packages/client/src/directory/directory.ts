import { searchDirectory } from '@byline/protocol/byline/directory.ts';
import type { Category } from '@byline/protocol/byline/identity.ts';
import type { KnownAccounts } from '../accounts/known-accounts.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';

export interface DirectoryQuery {
  readonly words: string;
  readonly category: Category | undefined;
}

export interface DirectoryState {
  readonly query: DirectoryQuery;
  /** The handles of what was found; what is known of each is in the known accounts. */
  readonly handles: readonly string[];
  /** `loading`: the first of this query are on their way; `more`: there are further ones; `failed`: the last attempt. */
  readonly state: 'loading' | 'more' | 'ready' | 'failed';
}

const EVERYTHING: DirectoryQuery = { words: '', category: undefined };
/** A search waits for the person to pause, in milliseconds. */
const PAUSE = 250;

/** The directory of public accounts, as one searches in it. */
export class Directory {
  readonly #api: Api;
  readonly #known: KnownAccounts;
  readonly #state: Source<DirectoryState>;
  #next: string | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  constructor(api: Api, known: KnownAccounts) {
    this.#api = api;
    this.#known = known;
    this.#state = new Source<DirectoryState>({ query: EVERYTHING, handles: [], state: 'loading' }, () => {
      if (this.#asking === undefined) void this.#ask();
      return () => undefined;
    });
  }

  get state(): Observable<DirectoryState> {
    return this.#state;
  }

  /** Searches. What was found before stays in sight until the answer comes. */
  search(change: Partial<DirectoryQuery>): void {
    const before = this.#state.get().query;
    const query = { ...before, ...change };
    if (query.words === before.words && query.category === before.category) return;
    this.#state.update((state) => ({ ...state, query, state: 'loading' }));
    this.#next = undefined;
    this.#asking?.abort();
    clearTimeout(this.#pause);
    if (query.words.trim() === before.words.trim()) void this.#ask();
    else this.#pause = setTimeout(() => void this.#ask(), PAUSE);
  }

  /** Fetches further accounts, or again those that could not be fetched. */
  readonly readOn = (): void => {
    const { state } = this.#state.get();
    if (state === 'more' || state === 'failed') void this.#ask();
  };

  async #ask(): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const from = this.#next;
    const { words, category } = this.#state.get().query;
    if (from === undefined) this.#state.update((before) => ({ ...before, state: 'loading' }));
    try {
      const query = { q: words.trim().slice(0, 100), category, from };
      const { accounts, next } = await this.#api.callUntil(asking.signal, searchDirectory, { query });
      if (asking.signal.aborted) return;
      this.#next = next;
      this.#known.keep(accounts);
      const found = accounts.map(({ handle }) => handle);
      this.#state.update((before) => ({
        ...before,
        handles: from === undefined ? found : [...new Set([...before.handles, ...found])],
        state: next === undefined ? 'ready' : 'more',
      }));
    } catch {
      // Another search took its place, or it can be tried again, as the screen says.
      if (!asking.signal.aborted) this.#state.update((before) => ({ ...before, state: 'failed' }));
    }
  }
}
