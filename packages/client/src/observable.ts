/** A value that changes and tells so. Its shape is what React's `useSyncExternalStore` takes. */
export interface Observable<Value> {
  /** The value now; the same reference until it changes. */
  readonly get: () => Value;
  /** Calls `listener` after every change; what it returns stops that. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** An observable for its owner, who alone may change it. */
export class Source<Value> implements Observable<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();
  readonly #onWatched: (() => () => void) | undefined;
  #unwatch: (() => void) | undefined;

  /** @param onWatched called when the first listener comes; what it returns is called when the last one goes. */
  constructor(value: Value, onWatched?: () => () => void) {
    this.#value = value;
    this.#onWatched = onWatched;
  }

  readonly get = (): Value => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    // One listener may be given twice; each has its own end.
    const own = (): void => listener();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#unwatch = this.#onWatched?.();
    return () => {
      if (!this.#listeners.delete(own) || this.#listeners.size > 0) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
    };
  };

  /** Changes the value. The same value again is no change. */
  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  update(change: (value: Value) => Value): void {
    this.set(change(this.#value));
  }
}

/** An observable that is computed from others, again only when one of them has changed. */
export function derived<Value>(sources: readonly Observable<unknown>[], compute: () => Value): Observable<Value> {
  let seen: readonly unknown[] | undefined;
  let value: Value;
  const get = (): Value => {
    const now = sources.map((source) => source.get());
    if (seen === undefined || now.some((each, index) => !Object.is(each, seen?.[index]))) {
      seen = now;
      value = compute();
    }
    return value;
  };
  const subscribe = (listener: () => void): (() => void) => {
    const ends = sources.map((source) => source.subscribe(listener));
    return () => {
      for (const end of ends) end();
    };
  };
  return { get, subscribe };
}

/** Resolves with the first value that `test` takes, which may be the one that is there. */
export function once<Value, Wanted extends Value>(
  source: Observable<Value>,
  test: (value: Value) => value is Wanted,
): Promise<Wanted>;
export function once<Value>(source: Observable<Value>, test: (value: Value) => boolean): Promise<Value>;
export function once<Value>(source: Observable<Value>, test: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const now = source.get();
    if (test(now)) {
      resolve(now);
      return;
    }
    const end = source.subscribe(() => {
      const value = source.get();
      if (!test(value)) return;
      end();
      resolve(value);
    });
  });
}
