import { type DeviceId, DomainError, type UserId } from '@byline/protocol';
import type { Device } from '@byline/protocol/matrix/devices.ts';
import type { NewDevice, Tokens } from '@byline/protocol/matrix/registration.ts';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/clock.ts';
import type { Writer } from '../../platform/engine/engine.ts';
import type { Authenticator, Session } from '../../platform/http/session.ts';
import { type KnownToken, KnownTokens } from './known-tokens.ts';
import { LastSeen } from './last-seen.ts';
import type { DeviceRow, SessionStore, SignedInDevice, TokenRow } from './store.ts';
import { ACCESS_LIFETIME, digestOf, makeDeviceId, makeTokens, type NewTokens } from './tokens.ts';

/** A device that was not used for so long must sign in again; it keeps its device id then. */
const REFRESH_LIFETIME = 90 * 24 * 60 * 60_000;
const SEEN_INTERVAL = 10 * 60_000;

/** Told, and waited for, while a device is forgotten: its tokens are dead already, its row stands until all listeners are done. */
export type DeviceGoneListener = (userId: UserId, deviceId: DeviceId) => Promise<void>;

/** Signed-in devices: their tokens, and when they were last seen. */
export class Sessions implements Authenticator {
  readonly #store: SessionStore;
  readonly #clock: Clock;
  readonly #known = new KnownTokens();
  readonly #lastSeen: LastSeen;
  readonly #goneListeners: DeviceGoneListener[] = [];

  constructor(parts: { readonly store: SessionStore; readonly clock: Clock; readonly logger: Logger }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#lastSeen = new LastSeen(parts.store, parts.logger);
  }

  /**
   * Whatever else is kept of a device (its keys, what is to be delivered to it) goes with it: at sign-out, deletion, the end
   * of the account, and a change of the password that signs the others out. Signing in again as the same device is none of these.
   */
  onDeviceGone(listener: DeviceGoneListener): void {
    this.#goneListeners.push(listener);
  }

  /** Signs a device in. If it was signed in before, its older tokens end. */
  async open(userId: UserId, device: NewDevice, isGuest = false): Promise<Tokens & { readonly device_id: DeviceId }> {
    const now = this.#clock.now();
    const deviceId = device.device_id ?? makeDeviceId();
    const made = makeTokens(device.refresh_token === true);
    const gone = await this.#store.open(
      {
        user_id: userId,
        device_id: deviceId,
        display_name: device.initial_device_display_name ?? null,
        created_at: now,
        last_seen_at: now,
        is_guest: isGuest ? 1 : 0,
      },
      this.#rowOf({ userId, deviceId }, made, null),
    );
    this.#known.revoke(gone);
    return { ...made.tokens, device_id: deviceId };
  }

  /** Whose token it is, where it is in use. Throws `M_UNKNOWN_TOKEN` when it has expired. */
  recognise(accessToken: string): Session | undefined {
    const known = this.#known.get(digestOf(accessToken));
    return known === undefined ? undefined : this.#admit(known);
  }

  /** Whose token it is, by the database. Throws `M_UNKNOWN_TOKEN`. */
  async authenticate(accessToken: string): Promise<Session> {
    const hash = digestOf(accessToken);
    const known = await this.#known.load(hash, () => this.#find(hash));
    if (known === undefined) throw unknownToken();
    return this.#admit(known);
  }

  /**
   * Exchanges a refresh token (specification, client-server API: "Refreshing access tokens"): the old tokens end when one
   * of the new ones is used. Throws `M_UNKNOWN_TOKEN`.
   */
  async refresh(refreshToken: string): Promise<Tokens> {
    const made = makeTokens(true);
    const gone = await this.#store.exchange(digestOf(refreshToken), (token) => {
      if (token === undefined) throw unknownToken();
      if (token.refresh_expires_at !== null && token.refresh_expires_at <= this.#clock.now()) throw expiredToken();
      return this.#rowOf(sessionOf(token), made, token.token_hash);
    });
    this.#known.revoke(gone);
    return made.tokens;
  }

  /** Signs devices out and forgets them. Those that there are not are no fault. */
  async removeDevices(userId: UserId, deviceIds: readonly DeviceId[]): Promise<void> {
    const { tokens, devices } = await this.#store.deleteTokens(userId, deviceIds);
    this.#known.revoke(tokens);
    // The rows go last: after a crash half-way the devices are still listed, so that forgetting them can be asked for again.
    await Promise.all(devices.flatMap((deviceId) => this.#goneListeners.map((listener) => listener(userId, deviceId))));
    await this.#store.deleteSignedOut(userId, devices);
  }

  /** Signs all devices of a user out and forgets them, but for one that is to stay. */
  async removeAllDevices(userId: UserId, except?: DeviceId): Promise<void> {
    const devices = await this.#store.devices(userId);
    const leaving = devices.map((row) => row.device_id).filter((deviceId) => deviceId !== except);
    await this.removeDevices(userId, leaving);
  }

  async devices(userId: UserId): Promise<Device[]> {
    return (await this.#store.devices(userId)).map((row) => this.#deviceOf(row));
  }

  /** The devices of users that are signed in now, inside a transaction or of what is committed. */
  signedIn(userIds: readonly UserId[], writer?: Writer): Promise<SignedInDevice[]> {
    return this.#store.signedIn(userIds, writer);
  }

  /** Throws `M_NOT_FOUND`. */
  async device(userId: UserId, deviceId: DeviceId): Promise<Device> {
    const device = (await this.devices(userId)).find((one) => one.device_id === deviceId);
    if (device === undefined) throw noSuchDevice();
    return device;
  }

  /** `undefined` leaves the name as it is. Throws `M_NOT_FOUND`. */
  async renameDevice(userId: UserId, deviceId: DeviceId, name: string | undefined): Promise<void> {
    if (!(await this.#store.rename(userId, deviceId, name))) throw noSuchDevice();
  }

  /** Writes what was not written yet. */
  close(): Promise<void> {
    return this.#lastSeen.close();
  }

  async #find(hash: string): Promise<KnownToken | undefined> {
    const row = await this.#store.findToken(hash);
    if (row === undefined) return undefined;
    if (row.replaces !== null) {
      await this.#store.retirePredecessor(hash, row.replaces);
      this.#known.revoke([row.replaces]);
    }
    const session: Session = row.is_guest === 1 ? { ...sessionOf(row), isGuest: true } : sessionOf(row);
    return { session, expiresAt: row.expires_at, seenAt: row.last_seen_at };
  }

  #admit(known: KnownToken): Session {
    const now = this.#clock.now();
    if (known.expiresAt !== null && known.expiresAt <= now) throw expiredToken();
    if (now - known.seenAt >= SEEN_INTERVAL) {
      known.seenAt = now;
      this.#lastSeen.note(known.session, now);
    }
    return known.session;
  }

  #rowOf(session: Session, made: NewTokens, replaces: string | null): TokenRow {
    const now = this.#clock.now();
    const refreshable = made.refreshHash !== undefined;
    return {
      token_hash: made.accessHash,
      user_id: session.userId,
      device_id: session.deviceId,
      created_at: now,
      expires_at: refreshable ? now + ACCESS_LIFETIME : null,
      refresh_hash: made.refreshHash ?? null,
      refresh_expires_at: refreshable ? now + REFRESH_LIFETIME : null,
      replaces,
    };
  }

  #deviceOf(row: DeviceRow): Device {
    return {
      device_id: row.device_id,
      ...(row.display_name === null ? {} : { display_name: row.display_name }),
      last_seen_ts: this.#lastSeen.of(row.user_id, row.device_id) ?? row.last_seen_at,
    };
  }
}

const sessionOf = (row: TokenRow): Session => ({ userId: row.user_id, deviceId: row.device_id });

const unknownToken = (): DomainError =>
  new DomainError('M_UNKNOWN_TOKEN', 'Please sign in again.', { soft_logout: false });

/** What the device keeps stays good: it may refresh, or sign in again as the same device. */
const expiredToken = (): DomainError =>
  new DomainError('M_UNKNOWN_TOKEN', 'Please sign in again.', { soft_logout: true });

const noSuchDevice = (): DomainError => new DomainError('M_NOT_FOUND', 'You have no such device.');
