import { lockKey, SHORTEST_PASSPHRASE, unlockKey } from '@byline/core/sealing/key-file.ts';
import { createKeyPair, fingerprintOf } from '@byline/core/sealing/sealing-key.ts';
import { registerReviewersKey, type ReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import type { Api } from '../api/api.ts';
import { type Observable, Source } from '../observable.ts';

export { SHORTEST_PASSPHRASE };

/**
 * How far the making of a key has come: `passphrase` to be chosen, `making` it, `save` the file, `try` whether the saved
 * file opens, `registering` and `done`.
 */
export type CeremonyState =
  | { readonly step: 'passphrase' | 'making' }
  | {
      readonly step: 'save' | 'try' | 'registering';
      readonly fileName: string;
      readonly file: Blob;
      readonly fingerprint: string;
    }
  | { readonly step: 'done'; readonly key: ReviewersKey };

interface Made {
  readonly publicKey: string;
  readonly kid: string;
}

/** That the saved file is another than the one that was made. */
export class OtherKeyFile extends Error {
  override readonly name = 'OtherKeyFile';
}

/**
 * Makes the reviewers' key in this browser. The private half leaves it only as a file under a passphrase, and the key is
 * registered only after that file was opened once: without it, nobody could ever read what is sealed.
 */
export class KeyCeremony {
  readonly #api: Api;
  readonly #state = new Source<CeremonyState>({ step: 'passphrase' });
  #made: Made | undefined;

  readonly #onRegistered: (key: ReviewersKey) => void;

  /** @param onRegistered hears of the key that holds from now on. */
  constructor(api: Api, onRegistered: (key: ReviewersKey) => void) {
    this.#api = api;
    this.#onRegistered = onRegistered;
  }

  get state(): Observable<CeremonyState> {
    return this.#state;
  }

  /** Makes a key and its file. Throws `SealingError` `weak-passphrase`. */
  async make(passphrase: string, providerName: string): Promise<void> {
    this.#state.set({ step: 'making' });
    try {
      const pair = await createKeyPair();
      const file = new Blob([await lockKey(pair, passphrase)], { type: 'application/json' });
      this.#made = pair;
      const fileName = fileNameOf(providerName, pair.kid);
      this.#state.set({ step: 'save', fileName, file, fingerprint: await fingerprintOf(pair.publicKey) });
    } catch (error) {
      this.#state.set({ step: 'passphrase' });
      throw error;
    }
  }

  /** The file was saved. It may be saved again. */
  saved(): void {
    this.#state.update((before) => (before.step === 'save' ? { ...before, step: 'try' } : before));
  }

  /**
   * Opens the saved file, and registers its public key.
   *
   * @throws SealingError when it does not open, OtherKeyFile, ApiError
   */
  async tryAndRegister(file: Blob, passphrase: string): Promise<void> {
    const before = this.#state.get();
    if (before.step !== 'try' || this.#made === undefined) return;
    const { kid, publicKey } = this.#made;
    this.#state.set({ ...before, step: 'registering' });
    try {
      const opened = await unlockKey(await file.text(), passphrase);
      if (opened.kid !== kid) throw new OtherKeyFile('This file holds another key than the one that was just made.');
      const body = { public_key: publicKey, kid };
      const key = await this.#api.call(registerReviewersKey, { body });
      this.#state.set({ step: 'done', key });
      this.#onRegistered(key);
    } catch (error) {
      this.#state.set(before);
      throw error;
    }
  }
}

const fileNameOf = (providerName: string, kid: string): string =>
  `${providerName.replaceAll(/[^a-z0-9.-]+/gi, '-')}-reviewers-${kid.slice(0, 6)}.byline-key.json`;
