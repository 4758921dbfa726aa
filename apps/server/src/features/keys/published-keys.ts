import { isDeepStrictEqual } from 'node:util';
import { publicKeyOf } from '@byline/core/keys/cross-signing-keys.ts';
import { type DeviceKeysFault, faultOfDeviceKeys, isSameKey } from '@byline/core/keys/device-keys.ts';
import { DomainError } from '@byline/protocol';
import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { DeviceName } from '../../platform/log/device-memory.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Sessions } from '../sessions/service.ts';
import type { DeviceLists } from './device-lists.ts';
import { requireFittingKey } from './key-size.ts';
import type { OneTimeKeys, UploadedKeys } from './one-time-keys.ts';
import type { PublishedKeyStore } from './published-key-store.ts';

export interface PublishingParts {
  readonly store: PublishedKeyStore;
  readonly log: Log;
  readonly oneTimeKeys: OneTimeKeys;
  readonly lists: DeviceLists;
  readonly sessions: Pick<Sessions, 'signedIn'>;
}

export interface DeviceUpload extends UploadedKeys {
  readonly deviceKeys: DeviceKeys | undefined;
}

/** What devices publish of themselves, for as long as they are signed in (specification: "Uploading keys"). */
export class PublishedKeys {
  readonly #store: PublishedKeyStore;
  readonly #log: Log;
  readonly #oneTimeKeys: OneTimeKeys;
  readonly #lists: DeviceLists;
  readonly #sessions: PublishingParts['sessions'];

  constructor({ store, log, oneTimeKeys, lists, sessions }: PublishingParts) {
    this.#store = store;
    this.#log = log;
    this.#oneTimeKeys = oneTimeKeys;
    this.#lists = lists;
    this.#sessions = sessions;
  }

  /**
   * Keeps a device's keys, all of them or none; how many one-time keys it has then, by algorithm.
   *
   * @throws DomainError `M_INVALID_PARAM` for keys of somebody else, `M_INVALID_SIGNATURE`, `M_TOO_LARGE`, `M_FORBIDDEN` for a device that
   *   bears the name of a cross-signing key; and as `OneTimeKeys.uploadInside`.
   */
  async upload(device: DeviceName, { deviceKeys, ...claimable }: DeviceUpload): Promise<ReadonlyMap<string, number>> {
    if (deviceKeys !== undefined) requireFittingKey(deviceKeys);
    const fault = deviceKeys === undefined ? undefined : faultOfDeviceKeys(deviceKeys, device);
    if (fault !== undefined) throw FAULTS[fault]();
    const rooms = deviceKeys === undefined ? undefined : await this.#lists.roomsOf(device.userId);
    return this.#log.append(async (batch) => {
      await this.#requireSignedIn(batch, device);
      const tells = deviceKeys !== undefined && (await this.#publish(batch, device, deviceKeys));
      const counts = await this.#oneTimeKeys.uploadInside(batch, device, claimable);
      if (tells && rooms !== undefined) this.#lists.place(batch, rooms);
      return counts;
    });
  }

  /** Forgets what a device has published. */
  async forgetDevice(device: DeviceName): Promise<void> {
    const { userId } = device;
    const rooms = await this.#lists.roomsOf(userId);
    await this.#log.append(async (batch) => {
      const hadKeys = await batch.atOnce(async (writer) => {
        await this.#store.deleteSignatures(writer, userId, [device.deviceId]);
        return this.#store.deleteDeviceKeys(writer, userId, device.deviceId);
      });
      await this.#oneTimeKeys.discardInside(batch, device);
      if (hadKeys) this.#lists.place(batch, rooms);
    });
  }

  /** Tells whether anything is new. */
  async #publish(batch: Batch, device: DeviceName, keys: DeviceKeys): Promise<boolean> {
    const { userId, deviceId } = device;
    const present = await batch.read(async (writer) => {
      const crossSigning = (await this.#store.crossSigning([userId], writer)).get(userId) ?? {};
      if (Object.values(crossSigning).some((key) => publicKeyOf(key) === deviceId)) throw namedLikeKey();
      return (await this.#store.deviceKeys([userId], writer)).find((one) => one.device_id === deviceId);
    });
    if (isDeepStrictEqual(present, keys)) return false;
    if (present !== undefined && !isSameKey(present, keys)) await this.#discardOf(batch, device);
    await batch.atOnce((writer) => this.#store.upsertDeviceKeys(writer, keys));
    return true;
  }

  /** What was signed of the old identity, and by it, says nothing of the new one. */
  async #discardOf(batch: Batch, device: DeviceName): Promise<void> {
    await batch.atOnce((writer) => this.#store.deleteSignatures(writer, device.userId, [device.deviceId]));
    await this.#oneTimeKeys.discardInside(batch, device);
  }

  /** A device that was signed out while its request was under way leaves nothing behind. */
  async #requireSignedIn(batch: Batch, { userId, deviceId }: DeviceName): Promise<void> {
    const devices = await batch.read((writer) => this.#sessions.signedIn([userId], writer));
    if (devices.some((device) => device.deviceId === deviceId)) return;
    throw new DomainError('M_UNKNOWN_TOKEN', 'Please sign in again.', { soft_logout: false });
  }
}

const FAULTS: Readonly<Record<DeviceKeysFault, () => DomainError>> = {
  'of another user': () => new DomainError('M_INVALID_PARAM', 'These keys are of another user.'),
  'of another device': () => new DomainError('M_INVALID_PARAM', 'These keys are of another device.'),
  'not signed by the device': () =>
    new DomainError('M_INVALID_SIGNATURE', 'These keys are not signed by the device that they are of.'),
};

const namedLikeKey = (): DomainError =>
  new DomainError(
    'M_FORBIDDEN',
    'This device bears the name of a cross-signing key. Please sign in as another device.',
  );
