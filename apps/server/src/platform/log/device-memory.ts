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
  readonly #known = new Map<string, ReadState<State>>();
  readonly #loads = new Map<string, Load<State>>();

  constructor(read: (device: DeviceName) => Promise<ReadState<State>>) {
    this.#read = read;
  }

  /** At once if it is in memory. */
  of(device: DeviceName): State | Promise<State> {
    const key = keyOf(device);
    const known = this.#known.get(key);
    if (known !== undefined) return known.state;
    return this.#loads.get(key)?.result ?? this.#startLoading(key, device);
  }

  /** Takes over what an entry of the log does to a device, if the device is in use. */
  change(device: DeviceName, position: Position, change: (before: State) => State): void {
    const key = keyOf(device);
    this.#loads.get(key)?.changes.push({ position, change });
    const known = this.#known.get(key);
    if (known !== undefined) this.#known.set(key, changed(known, { position, change }));
  }

  /** Takes over what was done to a device without an entry of the log, if the device is in use; done twice, it must do no harm. */
  amend(device: DeviceName, change: (before: State) => State): void {
    const known = this.#known.get(keyOf(device));
    if (known !== undefined) this.#known.set(keyOf(device), { ...known, state: change(known.state) });
  }

  /** Has it read again when it is next asked for. */
  forget(device: DeviceName): void {
    const key = keyOf(device);
    this.#known.delete(key);
    const load = this.#loads.get(key);
    if (load !== undefined) load.forgotten = true;
    this.#loads.delete(key);
  }

  #startLoading(key: string, device: DeviceName): Promise<State> {
    const changes: Change<State>[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<State>();
    const load: Load<State> = { result: promise, changes, forgotten: false };
    this.#loads.set(key, load);
    this.#read(device).then((read) => resolve(this.#keep(key, load, changes.reduce(changed, read))), reject);
    promise.catch(() => this.#loads.delete(key));
    return promise;
  }

  #keep(key: string, load: Load<State>, read: ReadState<State>): State {
    if (load.forgotten) return read.state;
    this.#loads.delete(key);
    if (this.#known.size >= DEVICES_KEPT) this.#forgetOldest();
    this.#known.set(key, read);
    return read.state;
  }

  #forgetOldest(): void {
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}

const changed = <State>(before: ReadState<State>, { position, change }: Change<State>): ReadState<State> =>
  position <= before.position ? before : { state: change(before.state), position };

const keyOf = ({ userId, deviceId }: DeviceName): string => `${userId} ${deviceId}`;
