import type { MatrixClient } from 'matrix-js-sdk';
import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';

/**
 * The key that opens what the account keeps sealed on the server (specification: "Secrets"; people know it as the
 * recovery key). It is here only while something is done with it, and never kept.
 */
export class SecretKeys {
  readonly #keys = new Map<string, Uint8Array<ArrayBuffer>>();

  /** How the library asks for it. */
  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: ({ keys }) => {
      const found = Object.keys(keys).flatMap((id): [string, Uint8Array<ArrayBuffer>][] => {
        const key = this.#keys.get(id);
        return key === undefined ? [] : [[id, key]];
      });
      return Promise.resolve(found[0] ?? null);
    },
    cacheSecretStorageKey: (id, _info, key) => void this.#keys.set(id, key),
  };

  /** Does something that needs the key; afterwards it is forgotten. */
  async with<Result>(id: string, key: Uint8Array<ArrayBuffer>, work: () => Promise<Result>): Promise<Result> {
    this.#keys.set(id, key);
    return this.whileKept(work);
  }

  /** Does something by which the library itself makes the key; afterwards it is forgotten. */
  async whileKept<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      this.#keys.clear();
    }
  }
}

const all = new WeakMap<MatrixClient, SecretKeys>();

/** Those that a client was made with. */
export function secretKeysOf(client: MatrixClient): SecretKeys {
  const keys = all.get(client) ?? new SecretKeys();
  all.set(client, keys);
  return keys;
}

export const keepSecretKeys = (client: MatrixClient, keys: SecretKeys): void => void all.set(client, keys);
