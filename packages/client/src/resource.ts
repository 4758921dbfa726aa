import { type Observable, Source } from './observable.ts';

/** Something that is fetched: not there yet, there, or not to be had. What was there before stays while it is fetched again. */
export type Loaded<Value> =
  | { readonly state: 'loading'; readonly value?: Value }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: unknown; readonly value?: Value };

/** Fetches a value when somebody first watches it, and again on demand. The newest fetch wins. */
export class Resource<Value> implements Observable<Loaded<Value>> {
  readonly #load: () => Promise<Value>;
  readonly #source: Source<Loaded<Value>>;
  #attempt = 0;

  constructor(load: () => Promise<Value>) {
    this.#load = load;
    this.#source = new Source<Loaded<Value>>({ state: 'loading' }, () => {
      if (this.#attempt === 0) void this.reload();
      return () => undefined;
    });
  }

  readonly get = (): Loaded<Value> => this.#source.get();

  readonly subscribe = (listener: () => void): (() => void) => this.#source.subscribe(listener);

  /** Fetches it (again). Never rejects: what went wrong is in the value. */
  readonly reload = async (): Promise<Loaded<Value>> => {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#source.update((before) => (before.state === 'loading' ? before : { ...valueOf(before), state: 'loading' }));
    const loaded = await this.#loaded();
    if (attempt === this.#attempt) {
      this.#source.update((before) => (loaded.state === 'failed' ? { ...valueOf(before), ...loaded } : loaded));
    }
    return this.get();
  };

  /** Puts a value in place that is known otherwise: what an answer said, or what was just changed. */
  set(value: Value): void {
    this.#attempt += 1;
    this.#source.set({ state: 'ready', value });
  }

  async #loaded(): Promise<Loaded<Value>> {
    try {
      return { state: 'ready', value: await this.#load() };
    } catch (error) {
      return { state: 'failed', error };
    }
  }
}

const valueOf = <Value>({ value }: Loaded<Value>): { readonly value?: Value } => (value === undefined ? {} : { value });
