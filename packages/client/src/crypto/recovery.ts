import type { MatrixClient } from 'matrix-js-sdk';
import {
  type CryptoApi,
  decodeRecoveryKey,
  deriveRecoveryKeyFromPassphrase,
  type GeneratedSecretStorageKey,
  ImportRoomKeyStage,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { SecretStorageKeyDescription } from 'matrix-js-sdk/lib/secret-storage.js';
import { type Observable, Source } from '../observable.ts';
import { secretKeysOf } from './secret-keys.ts';

/** What was entered is not the recovery key of the account. */
export class WrongRecoveryKey extends Error {
  override readonly name = 'WrongRecoveryKey';
}

/** A recovery key that was made and is not in use until it is kept. */
export interface NewRecoveryKey {
  /** In groups of four, as it is shown and written down. */
  readonly text: string;
}

/** How far reading the old conversations is, from 0 to 1; `undefined` while nothing is read or it isn't known. */
export type RestoreProgress = number | undefined;

/**
 * The recovery key: 48 letters and digits by which a new device reads what was said before, when no other device is at
 * hand (specification: "Secret storage", "Server-side key backups").
 */
export class Recovery {
  readonly #client: MatrixClient;
  readonly #crypto: CryptoApi;
  readonly #progress = new Source<RestoreProgress>(undefined);
  readonly #made = new WeakMap<NewRecoveryKey, GeneratedSecretStorageKey>();

  constructor(client: MatrixClient, crypto: CryptoApi) {
    this.#client = client;
    this.#crypto = crypto;
  }

  get progress(): Observable<RestoreProgress> {
    return this.#progress;
  }

  /** Makes a new key, to be shown. Nothing changes until it is put to use. */
  async make(): Promise<NewRecoveryKey> {
    const made = await this.#crypto.createRecoveryKeyFromPassphrase();
    const key = { text: made.encodedPrivateKey ?? '' };
    this.#made.set(key, made);
    return key;
  }

  /** Puts a key to use that was made here; an earlier one opens nothing any more. Throws `MatrixError`. */
  async use(key: NewRecoveryKey): Promise<void> {
    const made = this.#made.get(key);
    if (made === undefined) throw new Error('This key was not made here.');
    const hasBackup = (await this.#crypto.checkKeyBackupAndEnable())?.trustInfo.trusted ?? false;
    await secretKeysOf(this.#client).whileKept(() =>
      this.#crypto.bootstrapSecretStorage({
        createSecretStorageKey: () => Promise.resolve(made),
        setupNewSecretStorage: true,
        setupNewKeyBackup: !hasBackup,
      }),
    );
    this.#made.delete(key);
  }

  /**
   * Confirms this device by the recovery key, or by the phrase that other apps let one choose instead, and reads the old
   * conversations. Throws `WrongRecoveryKey`, `MatrixError`.
   */
  async confirm(entered: string): Promise<void> {
    const stored = await this.#client.secretStorage.getKey();
    if (stored === null) throw new WrongRecoveryKey();
    const [id, info] = stored;
    const key = await keyOf(entered, info);
    if (key === undefined || !(await this.#client.secretStorage.checkKey(key, info))) throw new WrongRecoveryKey();
    await secretKeysOf(this.#client).with(id, key, async () => {
      await this.#crypto.bootstrapCrossSigning({});
      // Only what the server gives back counts as signed.
      await this.#crypto.userHasCrossSigningKeys();
      await this.#openBackup();
    });
    await this.#restore();
  }

  /** The copy of the keys may be missing; then the device is confirmed all the same. */
  async #openBackup(): Promise<void> {
    if ((await this.#crypto.getKeyBackupInfo()) === null) return;
    await this.#crypto.loadSessionBackupPrivateKeyFromSecretStorage();
    await this.#crypto.checkKeyBackupAndEnable();
  }

  /** Reads the keys of the old conversations, and tells how far it is. */
  async #restore(): Promise<void> {
    if ((await this.#crypto.getActiveSessionBackupVersion()) === null) return;
    this.#progress.set(0);
    try {
      await this.#crypto.restoreKeyBackup({
        progressCallback: (told) => {
          if (told.stage === ImportRoomKeyStage.LoadKeys && told.total > 0)
            this.#progress.set((told.successes + told.failures) / told.total);
        },
      });
    } finally {
      this.#progress.set(undefined);
    }
  }
}

/** What was entered, as a key. Spaces, also missing ones, make no difference. */
async function keyOf(
  entered: string,
  { passphrase }: SecretStorageKeyDescription,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return decodeRecoveryKey(entered);
  } catch {
    if (passphrase?.salt === undefined || entered.trim() === '') return undefined;
    return deriveRecoveryKeyFromPassphrase(entered.trim(), passphrase.salt, passphrase.iterations, passphrase.bits);
  }
}
