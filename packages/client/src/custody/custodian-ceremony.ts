import { type CustodianKeys, lockCustodianKeys, unlockCustodianKeys } from '@byline/core/sealing/custodian-key-file.ts';
import { createKeyPair, fingerprintOf } from '@byline/core/sealing/sealing-key.ts';
import { createSigningKeyPair } from '@byline/core/sealing/signing-key.ts';
import type { CustodianKey } from '@byline/protocol/byline/custody.ts';
import type { CustodyCalls } from './custody-calls.ts';
import { type Observable, Source } from '../observable.ts';
import { Custodian } from './custodian.ts';

/**
 * How far the making of a custodian's keys has come: `passphrase` to be chosen, `making` them, `save` the file, `try`
 * whether the saved file opens, `registering` and `done`.
 */
export type CustodianCeremonyState =
  | { readonly step: 'passphrase' | 'making' }
  | {
      readonly step: 'save' | 'try' | 'registering';
      readonly fileName: string;
      readonly file: Blob;
      readonly fingerprint: string;
    }
  | { readonly step: 'done'; readonly key: CustodianKey };

/** That the saved file holds other keys than those that were made. */
export class OtherCustodianFile extends Error {
  override readonly name = 'OtherCustodianFile';
}

/**
 * Makes a custodian's keys in this browser. The private halves leave it only as a file under a passphrase, and the keys
 * are registered only by what that file gave back: who could not open it would be of no use when it is needed.
 */
export class CustodianCeremony {
  readonly #api: CustodyCalls;
  readonly #userId: string;
  readonly #state = new Source<CustodianCeremonyState>({ step: 'passphrase' });
  #kid: string | undefined;

  constructor(api: CustodyCalls, userId: string) {
    this.#api = api;
    this.#userId = userId;
  }

  get state(): Observable<CustodianCeremonyState> {
    return this.#state;
  }

  /** Makes the keys and their file. Throws `SealingError` `weak-passphrase`. */
  async make(passphrase: string, providerName: string): Promise<void> {
    this.#state.set({ step: 'making' });
    try {
      const keys: CustodianKeys = { sealing: await createKeyPair(), signing: await createSigningKeyPair() };
      const file = new Blob([await lockCustodianKeys(keys, passphrase)], { type: 'application/json' });
      const { kid, publicKey } = keys.sealing;
      this.#kid = kid;
      const fileName = `${providerName.replaceAll(/[^a-z0-9.-]+/gi, '-')}-custodian-${kid.slice(0, 6)}.byline-key.json`;
      this.#state.set({ step: 'save', fileName, file, fingerprint: await fingerprintOf(publicKey) });
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
   * Opens the saved file, and registers its public keys. The keys stay open in what it returns.
   *
   * @throws SealingError when it does not open, OtherCustodianFile, ApiError
   */
  async tryAndRegister(file: Blob, passphrase: string): Promise<Custodian | undefined> {
    const before = this.#state.get();
    if (before.step !== 'try') return undefined;
    this.#state.set({ ...before, step: 'registering' });
    try {
      const keys = await unlockCustodianKeys(await file.text(), passphrase);
      if (keys.sealing.kid !== this.#kid) throw new OtherCustodianFile('This file holds other keys than those made.');
      const custodian = new Custodian({ api: this.#api, userId: this.#userId, keys });
      this.#state.set({ step: 'done', key: await custodian.register() });
      return custodian;
    } catch (error) {
      this.#state.set(before);
      throw error;
    }
  }
}
