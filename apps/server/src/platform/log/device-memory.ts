import type { DeviceId, UserId } from '@byline/protocol';
import type { Position } from './entry.ts';

export interface DeviceName {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** What was read, and the position of the log as it stood in the same snapshot. */
export interface ReadState<State> {
  readonly state: State;
  readonly position: Position;
}

interface Change<State> {
  readonly position: Position;
  readonly change: (before: State) => State;
}

interface Load<State> {
  readonly result: Promise<State>;
  readonly changes: Change<State>[];
  forgotten: boolean;
}

const DEVICES_KEPT = 100_000;

/**
 * Something of each device in use, in memory, so that it takes no query to tell. It is read once and then changed with the
 * log; what was read is of a known position, so that no change is missed and none is made twice.
 */
export class DeviceMemory<State> {
  readonly #read: (device: DeviceName) => Promise<ReadState<State>>;
  // By user and then device: their names are at hand as they are, and a name made of both would be made at each request.
  readonly #known = new Map<UserId, Map<DeviceId, ReadState<State>>>();
  readonly #loads = new Map<string, Load<State>>();
  #size = 0;

  constructor(read: (device: DeviceName) => Promise<ReadState<State>>) {
    this.#read = read;
  }

  /** At once if it is in memory. */
  of(device: DeviceName): State | Promise<State> {
    const known = this.#known.get(device.userId)?.get(device.deviceId);
    if (known !== undefined) return known.state;
    return this.#loads.get(keyOf(device))?.result ?? this.#startLoading(device);
  }

  /** Takes over what an entry of the log does to a device, if the device is in use. */
  change(device: DeviceName, position: Position, change: (before: State) => State): void {
    this.#loads.get(keyOf(device))?.changes.push({ position, change });
    this.#replace(device, (known) => changed(known, { position, change }));
  }

  /** Takes over what was done to a device without an entry of the log, if the device is in use; done twice, it must do no harm. */
  amend(device: DeviceName, change: (before: State) => State): void {
    this.#replace(device, (known) => ({ ...known, state: change(known.state) }));
  }

  /** Has it read again when it is next asked for. */
  forget(device: DeviceName): void {
    const key = keyOf(device);
    const known = this.#known.get(device.userId);
    if (known?.delete(device.deviceId) === true) this.#size -= 1;
    if (known?.size === 0) this.#known.delete(device.userId);
    const load = this.#loads.get(key);
    if (load !== undefined) load.forgotten = true;
    this.#loads.delete(key);
  }

  #replace({ userId, deviceId }: DeviceName, change: (before: ReadState<State>) => ReadState<State>): void {
    const devices = this.#known.get(userId);
    const known = devices?.get(deviceId);
    if (known !== undefined) devices?.set(deviceId, change(known));
  }

  #startLoading(device: DeviceName): Promise<State> {
    const key = keyOf(device);
    const changes: Change<State>[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<State>();
    const load: Load<State> = { result: promise, changes, forgotten: false };
    this.#loads.set(key, load);
    this.#read(device).then((read) => resolve(this.#keep(device, load, changes.reduce(changed, read))), reject);
    promise.catch(() => this.#loads.delete(key));
    return promise;
  }

  #keep(device: DeviceName, load: Load<State>, read: ReadState<State>): State {
    if (load.forgotten) return read.state;
    this.#loads.delete(keyOf(device));
    if (this.#size >= DEVICES_KEPT) this.#forgetOldest();
    const devices = this.#known.get(device.userId) ?? new Map<DeviceId, ReadState<State>>();
    this.#known.set(device.userId, devices.set(device.deviceId, read));
    this.#size += 1;
    return read.state;
  }

  /** All devices of whoever came first. */
  #forgetOldest(): void {
    const [oldest] = this.#known;
    if (oldest === undefined) return;
    const [userId, devices] = oldest;
    this.#known.delete(userId);
    this.#size -= devices.size;
  }
}

const changed = <State>(before: ReadState<State>, { position, change }: Change<State>): ReadState<State> =>
  position <= before.position ? before : { state: change(before.state), position };

const keyOf = ({ userId, deviceId }: DeviceName): string => `${userId} ${deviceId}`;
