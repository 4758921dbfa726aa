import type { MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Observable, Source } from '../observable.ts';

/**
 * What is known of who somebody is. `unknown`: not yet, or their app knows no encryption; `known`: nothing speaks against
 * them; `confirmed`: one has compared with them; `changed`: their identity is another one than before, and one hasn't
 * said yet that it is fine; `confirmed-changed`: the same, after one had compared with them.
 */
export type PersonStanding = 'unknown' | 'known' | 'confirmed' | 'changed' | 'confirmed-changed';

/** Whether other people are who they were. */
export class PeopleTrust {
  readonly #client: MatrixClient;
  readonly #crypto: CryptoApi;
  readonly #known = new Map<string, Source<PersonStanding>>();

  constructor(client: MatrixClient, crypto: CryptoApi) {
    this.#client = client;
    this.#crypto = crypto;
    client.on(CryptoEvent.UserTrustStatusChanged, (userId) => this.#readAgain(userId));
    client.on(CryptoEvent.DevicesUpdated, (userIds) => {
      for (const userId of userIds) this.#readAgain(userId);
    });
  }

  standingOf(userId: string): Observable<PersonStanding> {
    const known = this.#known.get(userId);
    if (known !== undefined) return known;
    const source: Source<PersonStanding> = new Source<PersonStanding>('unknown', () => {
      void this.#ask(userId, source);
      return () => undefined;
    });
    this.#known.set(userId, source);
    return source;
  }

  /** Takes somebody's new identity for theirs; one hears no more of the change. */
  async accept(userId: string): Promise<void> {
    const status = await this.#crypto.getUserVerificationStatus(userId);
    if (status.wasCrossSigningVerified()) await this.#crypto.withdrawVerificationRequirement(userId);
    else await this.#crypto.pinCurrentUserIdentity(userId);
    this.#readAgain(userId);
  }

  #readAgain(userId: string): void {
    const source = this.#known.get(userId);
    if (source !== undefined) void this.#read(userId, source);
  }

  /** Asks the server of somebody with whom one shares no encrypted conversation; of others it tells by itself. */
  async #ask(userId: string, source: Source<PersonStanding>): Promise<void> {
    if (userId === this.#client.getUserId()) return;
    try {
      await this.#crypto.userHasCrossSigningKeys(userId, true);
    } catch {
      // What is known already is read all the same.
    }
    await this.#read(userId, source);
  }

  async #read(userId: string, source: Source<PersonStanding>): Promise<void> {
    try {
      source.set(await this.#standing(userId));
    } catch {
      // It stays as it was known; the next change asks again.
    }
  }

  async #standing(userId: string): Promise<PersonStanding> {
    const status = await this.#crypto.getUserVerificationStatus(userId);
    if (!status.known) return 'unknown';
    if (status.isCrossSigningVerified()) return 'confirmed';
    if (status.wasCrossSigningVerified()) return 'confirmed-changed';
    return status.needsUserApproval ? 'changed' : 'known';
  }
}
