import { ClientEvent, type MatrixClient } from 'matrix-js-sdk';
import { type CryptoApi, CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { type Observable, once, Source } from '../observable.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { DeviceTrust } from './device-trust.ts';
import { beginAnew, beginIdentity } from './own-identity.ts';
import { PeopleTrust } from './people-trust.ts';
import { Recovery } from './recovery.ts';
import { Verifications } from './verifications.ts';

/**
 * How safe what one says is from being lost or read:
 * `unknown`: it isn't known yet; `unavailable`: this browser keeps no keys, so encrypted conversations can't be read in
 * it; `unconfirmed`: this device was never shown to be one's own; `no-recovery`: all is well as long as one device is
 * left; `safe`: all is well, and a recovery key opens everything on a new device.
 */
export type Safety = 'unknown' | 'unavailable' | 'unconfirmed' | 'no-recovery' | 'safe';

/** What the account keeps on the server that says something of it. */
const CONCERNS = ['m.secret_storage', 'm.cross_signing', 'm.megolm_backup'];

/** What a person and their devices know of each other, and what keeps their conversations. */
export class Trust {
  readonly recovery: Recovery;
  readonly devices: DeviceTrust;
  readonly people: PeopleTrust;
  readonly verifications: Verifications;
  readonly #account: SignedIn;
  readonly #client: MatrixClient;
  readonly #crypto: CryptoApi;
  readonly #safety = new Source<Safety>('unknown');
  #isReading = false;
  #isStale = false;
  #isBegun = false;

  private constructor(account: SignedIn, client: MatrixClient, crypto: CryptoApi) {
    this.#account = account;
    this.#client = client;
    this.#crypto = crypto;
    this.recovery = new Recovery(client, crypto);
    this.devices = new DeviceTrust(client, crypto);
    this.people = new PeopleTrust(client, crypto);
    this.verifications = new Verifications(client, crypto);
    for (const event of [CryptoEvent.KeysChanged, CryptoEvent.KeyBackupStatus] as const)
      client.on(event, () => this.#refresh());
    client.on(CryptoEvent.UserTrustStatusChanged, (userId) => {
      if (userId === account.userId) this.#refresh();
    });
    client.on(CryptoEvent.DevicesUpdated, (userIds) => {
      if (userIds.includes(account.userId)) this.#refresh();
    });
    client.on(ClientEvent.AccountData, (event) => {
      if (CONCERNS.some((kind) => event.getType().startsWith(kind))) this.#refresh();
    });
    void this.#begin();
  }

  /** `undefined` where the browser keeps no keys. */
  static async of(account: SignedIn): Promise<Trust | undefined> {
    const client = await account.matrix();
    const crypto = client.getCrypto();
    return crypto && new Trust(account, client, crypto);
  }

  get safety(): Observable<Safety> {
    return this.#safety;
  }

  /** Whether the account has a recovery key that could be entered. */
  async hasRecoveryKey(): Promise<boolean> {
    return (await this.#client.secretStorage.getKey()) !== null;
  }

  /** Begins anew when all is lost: see `beginAnew`. */
  async beginAnew(password: string): Promise<void> {
    await beginAnew(this.#account, this.#client, password);
    this.#refresh();
  }

  /** Makes the account's identity when it has none; when the server can't be asked, as soon as it can. */
  async #begin(): Promise<void> {
    for (;;) {
      await once(this.#account.connection, (connection) => connection === 'online');
      try {
        if (!(await this.#crypto.userHasCrossSigningKeys())) await beginIdentity(this.#crypto);
        break;
      } catch {
        await once(this.#account.connection, (connection) => connection !== 'online');
      }
    }
    this.#isBegun = true;
    this.#refresh();
  }

  /** Reads it again, once for all that happens meanwhile. */
  #refresh(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        this.#safety.set(await this.#read());
      }
    } catch {
      // Without an answer it stays as it was known; the next thing that happens asks again.
    } finally {
      this.#isReading = false;
    }
  }

  async #read(): Promise<Safety> {
    const { userId, deviceId } = this.#account;
    if (!this.#isBegun) return 'unknown';
    const device = await this.#crypto.getDeviceVerificationStatus(userId, deviceId);
    if (device?.crossSigningVerified !== true) return 'unconfirmed';
    const { privateKeysInSecretStorage } = await this.#crypto.getCrossSigningStatus();
    return privateKeysInSecretStorage ? 'safe' : 'no-recovery';
  }
}
