/** Small texts that outlive a reload. */
export interface KeptText {
  readonly read: (key: string) => string | undefined;
  readonly write: (key: string, text: string) => void;
  readonly remove: (key: string) => void;
  readonly keys: () => readonly string[];
  /** Calls `listener` with the key when another tab changed it. */
  readonly onChangeElsewhere: (listener: (key: string) => void) => void;
}

/** Keeps texts as long as the page is open. */
export function keptInMemory(texts = new Map<string, string>()): KeptText {
  return {
    read: (key) => texts.get(key),
    write: (key, text) => void texts.set(key, text),
    remove: (key) => void texts.delete(key),
    keys: () => [...texts.keys()],
    onChangeElsewhere: () => undefined,
  };
}

/** Keeps texts in the browser's `localStorage`; where that is forbidden or full, as long as the page is open. */
export function keptInBrowser(): KeptText {
  const memory = new Map<string, string>();
  const storage = storageOf();
  return {
    read: (key) => memory.get(key) ?? storage?.getItem(key) ?? undefined,
    write: (key, text) => {
      try {
        storage?.setItem(key, text);
        memory.delete(key);
      } catch {
        memory.set(key, text);
      }
      if (storage === undefined) memory.set(key, text);
    },
    remove: (key) => {
      memory.delete(key);
      storage?.removeItem(key);
    },
    keys: () => [...new Set([...memory.keys(), ...(storage === undefined ? [] : Object.keys(storage))])],
    onChangeElsewhere: (listener) =>
      addEventListener('storage', ({ key, storageArea }) => {
        if (storageArea === storage && key !== null) listener(key);
      }),
  };
}

function storageOf(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    // Reading it throws where the person has forbidden it.
    return undefined;
  }
}
