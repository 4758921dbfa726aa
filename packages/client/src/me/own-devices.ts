import { DeviceId } from '@byline/protocol/ids.ts';
import { deleteDevices, listDevices, updateDevice } from '@byline/protocol/matrix/devices.ts';
import type { Device } from '@byline/protocol/matrix/devices.ts';
import type { Observable } from '../observable.ts';
import { type Loaded, Resource } from '../resource.ts';
import type { SignedIn } from '../session/signed-in.ts';
import { withPassword } from './password-proof.ts';

export interface OwnDevice {
  readonly id: string;
  /** Empty when it was given none. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly lastSeenAt: number | undefined;
  /** It is the one that one looks at now. */
  readonly isThis: boolean;
}

/** The devices in the order in which they are shown: this one, then those that were used last. */
export function devicesIn(devices: readonly Device[], thisId: string): readonly OwnDevice[] {
  return devices
    .map(({ device_id: id, display_name: name = '', last_seen_ts: lastSeenAt }) => ({
      id,
      name,
      lastSeenAt,
      isThis: id === thisId,
    }))
    .toSorted(
      (one, other) =>
        Number(other.isThis) - Number(one.isThis) ||
        (other.lastSeenAt ?? 0) - (one.lastSeenAt ?? 0) ||
        one.name.localeCompare(other.name),
    );
}

/** Where one is signed in. */
export class OwnDevices {
  readonly #account: SignedIn;
  readonly #devices: Resource<readonly OwnDevice[]>;

  constructor(account: SignedIn) {
    this.#account = account;
    this.#devices = new Resource(async () => {
      const { devices } = await account.api.call(listDevices);
      return devicesIn(devices, account.deviceId);
    });
  }

  get devices(): Observable<Loaded<readonly OwnDevice[]>> {
    return this.#devices;
  }

  readonly reload = async (): Promise<void> => void (await this.#devices.reload());

  /** Throws `ApiError`. */
  async rename(id: string, name: string): Promise<void> {
    await this.#account.api.call(updateDevice, {
      params: { deviceId: DeviceId.parse(id) },
      body: { display_name: name },
    });
    this.#devices.set(this.#known().map((device) => (device.id === id ? { ...device, name } : device)));
  }

  /** Signs devices out for good. Throws `WrongPassword`, `ApiError`. */
  async signOut(ids: readonly string[], password: string): Promise<void> {
    const { api, userId } = this.#account;
    const devices = ids.map((id) => DeviceId.parse(id));
    await withPassword({ userId, password }, (auth) =>
      api.call(deleteDevices, { body: { devices, ...(auth && { auth }) } }),
    );
    this.#devices.set(this.#known().filter(({ id }) => !ids.includes(id)));
  }

  #known(): readonly OwnDevice[] {
    return this.#devices.get().value ?? [];
  }
}
