import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';
import type { Person } from '../timeline/message.ts';
import { findPeople } from './start.ts';

export interface PeopleFound {
  /** `none` while nothing is looked for. */
  readonly state: 'none' | 'loading' | 'ready' | 'error';
  readonly people: readonly Person[];
}

/** Nobody types slower than that within a name, in milliseconds. */
const PAUSE = 250;
const NOTHING: PeopleFound = { state: 'none', people: [] };

/** Looks for people while somebody types. The answer to the newest question wins. */
export class PeopleSearch {
  readonly #api: Api;
  readonly #found = new Source<PeopleFound>(NOTHING);
  #term = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked: AbortController | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  get found(): Observable<PeopleFound> {
    return this.#found;
  }

  look(term: string): void {
    this.#stop();
    this.#term = term.trim();
    if (this.#term === '') {
      this.#found.set(NOTHING);
      return;
    }
    // What was found so far stays until there is something better to show.
    this.#found.update((before) => (before.state === 'ready' ? before : { state: 'loading', people: [] }));
    this.#timer = setTimeout(this.tryAgain, PAUSE);
  }

  /** Asks (again) for what was looked for last. */
  readonly tryAgain = (): void => {
    this.#stop();
    const asked = new AbortController();
    this.#asked = asked;
    void this.#ask(asked.signal);
  };

  #stop(): void {
    clearTimeout(this.#timer);
    this.#asked?.abort();
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const people = await findPeople(this.#api, this.#term, signal);
      if (!signal.aborted) this.#found.set({ state: 'ready', people });
    } catch {
      if (!signal.aborted) this.#found.set({ state: 'error', people: [] });
    }
  }
}
