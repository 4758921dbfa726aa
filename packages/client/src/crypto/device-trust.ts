import type { MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Observable, Source } from '../observable.ts';
import { isSame } from '../same.ts';

/** `plain`: its app knows no encryption. */
export type DeviceStanding = 'confirmed' | 'unconfirmed' | 'plain';

/** Which of one's own devices were shown to be one's own. */
export class DeviceTrust {
  readonly #client: MatrixClient;
  readonly #crypto: CryptoApi;
  readonly #standings: Source<ReadonlyMap<string, DeviceStanding>>;

  constructor(client: MatrixClient, crypto: CryptoApi) {
    this.#client = client;
    this.#crypto = crypto;
    this.#standings = new Source<ReadonlyMap<string, DeviceStanding>>(new Map(), () => this.#watch());
  }

  /** This device. */
  get deviceId(): string | null {
    return this.#client.getDeviceId();
  }

  /** By the device's id; empty until it is known. A device that isn't there knows no encryption. */
  get standings(): Observable<ReadonlyMap<string, DeviceStanding>> {
    return this.#standings;
  }

  #watch(): () => void {
    const me = this.#client.getSafeUserId();
    const onDevices = (userIds: readonly string[]): void => {
      if (userIds.includes(me)) void this.#read();
    };
    const onTrust = (userId: string): void => onDevices([userId]);
    this.#client.on(CryptoEvent.DevicesUpdated, onDevices);
    this.#client.on(CryptoEvent.UserTrustStatusChanged, onTrust);
    void this.#read();
    return () => {
      this.#client.off(CryptoEvent.DevicesUpdated, onDevices);
      this.#client.off(CryptoEvent.UserTrustStatusChanged, onTrust);
    };
  }

  async #read(): Promise<void> {
    const me = this.#client.getSafeUserId();
    try {
      const devices = (await this.#crypto.getUserDeviceInfo([me], true)).get(me);
      const standings = [...(devices?.keys() ?? [])].map(async (id) => [id, await this.#standingOf(me, id)] as const);
      const now = new Map(await Promise.all(standings));
      this.#standings.update((before) => (isSame([...before], [...now]) ? before : now));
    } catch {
      // Nothing is said of devices while it isn't known; the next change asks again.
    }
  }

  async #standingOf(userId: string, deviceId: string): Promise<DeviceStanding> {
    const status = await this.#crypto.getDeviceVerificationStatus(userId, deviceId);
    if (status === null) return 'plain';
    // Also a device that is not confirmed itself can tell which of the others are.
    return status.signedByOwner ? 'confirmed' : 'unconfirmed';
  }
}
