import type { MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent, type VerificationRequest } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Observable, Source } from '../observable.ts';
import { Verification } from './verification.ts';

/** Comparing with other devices: the one that is going on here, whoever began it. */
export class Verifications {
  readonly #client: MatrixClient;
  readonly #crypto: CryptoApi;
  readonly #current = new Source<Verification | undefined>(undefined);

  constructor(client: MatrixClient, crypto: CryptoApi) {
    this.#client = client;
    this.#crypto = crypto;
    client.on(CryptoEvent.VerificationRequestReceived, (request) => this.#received(request));
  }

  /** One at a time; it stays, with its result, until it is put away. */
  get current(): Observable<Verification | undefined> {
    return this.#current;
  }

  /** Asks one's other devices to confirm this one; whichever answers first does. */
  async askOwnDevices(): Promise<void> {
    await this.#begin(() => this.#crypto.requestOwnUserVerification());
  }

  /** Confirms another one of one's own devices. */
  async askDevice(deviceId: string): Promise<void> {
    const me = this.#client.getSafeUserId();
    await this.#begin(() => this.#crypto.requestDeviceVerification(me, deviceId));
  }

  /** Asks somebody to compare, in a direct conversation with them. */
  async askPerson(userId: string, roomId: string): Promise<void> {
    await this.#begin(() => this.#crypto.requestVerificationDM(userId, roomId));
  }

  /** Leaves what is going on, and what is over. */
  async putAway(): Promise<void> {
    const verification = this.#current.get();
    this.#current.set(undefined);
    await verification?.cancel();
  }

  async #begin(ask: () => Promise<VerificationRequest>): Promise<void> {
    await this.putAway();
    this.#current.set(new Verification(await ask()));
  }

  /** Whoever is in the middle of another one is not interrupted; the other side's question ends by itself. */
  #received(request: VerificationRequest): void {
    const step = this.#current.get()?.state.get().step;
    const isFree = step === undefined || step === 'done' || step === 'ended';
    if (!isFree || !request.pending) return;
    const verification = new Verification(request);
    this.#current.set(verification);
    // A question that was answered elsewhere or withdrawn before one looked needs no words.
    let wasInvited = verification.state.get().step === 'invited';
    verification.state.subscribe(() => {
      const { step: now } = verification.state.get();
      if (now === 'ended' && wasInvited && this.#current.get() === verification) this.#current.set(undefined);
      wasInvited = now === 'invited';
    });
  }
}
