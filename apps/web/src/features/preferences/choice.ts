import { useSyncExternalStore } from 'react';

/** Something a person has chosen for this browser, kept here and told to whoever shows it. */
export interface Choice<Value extends string> {
  readonly read: () => Value;
  readonly write: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** @param fallback what holds while nothing was chosen, and where the browser keeps nothing. */
export function storedChoice<Value extends string>(
  key: string,
  values: readonly Value[],
  fallback: Value,
): Choice<Value> {
  const listeners = new Set<() => void>();
  const stored = (): Value => {
    try {
      const value = localStorage.getItem(key);
      return values.find((each) => each === value) ?? fallback;
    } catch {
      // Storage may be forbidden; then a choice lasts as long as the page.
      return fallback;
    }
  };
  let current = stored();
  return {
    read: () => current,
    write: (value) => {
      current = value;
      try {
        localStorage.setItem(key, value);
      } catch {
        // As above: it holds until the page is left.
      }
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useChoice = <Value extends string>(choice: Choice<Value>): Value =>
  useSyncExternalStore(choice.subscribe, choice.read);
