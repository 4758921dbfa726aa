import { isNestedTooDeep } from '@byline/core/nesting.ts';
import { DomainError, type DeviceId, type JsonObject, type UserId } from '@byline/protocol';
import { EVERY_DEVICE } from '@byline/protocol/matrix/to-device.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Batch } from '../../platform/log/batch.ts';
import { DeviceMemory, type DeviceName } from '../../platform/log/device-memory.ts';
import type { LogEntry, Position, ToDeviceEntry, Unplaced } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Tail } from '../../platform/log/tail.ts';
import type { Sessions } from '../sessions/service.ts';
import type { Sending, ToDeviceStore } from './store.ts';

/** What /sync and sliding sync ask of messages to devices (specification, client-server API: "Send-to-Device messaging"). */
export interface ToDeviceSource {
  /** Those waiting for a device after one position up to another, oldest first; no query where there are known to be none. */
  read(device: DeviceName, after: Position, upTo: Position, limit: number): Promise<readonly ToDeviceEntry[]>;
  /** Forgets those up to a position, because the device has them; `undefined`: there is nothing to forget and nothing to wait for. */
  acknowledge(device: DeviceName, upTo: Position): Promise<void> | undefined;
}

/** Contents by user and then by device, or `*`. */
export type Messages = Readonly<Partial<Record<UserId, Readonly<Record<string, JsonObject>>>>>;

/** Where a device's messages stand that are not known to have arrived: none before the first, none after the second. */
interface Waiting {
  readonly oldest: Position;
  readonly newest: Position;
}

/** Beyond that many entries it is cheaper to ask for the device's own. */
const LONGEST_TAIL_READ = 5_000;
/** As much as an event may have. */
const LARGEST_CONTENT = 65_536;

/** Messages to devices, each delivered once: they wait until the device acknowledges them by its next token. */
export class ToDevice implements ToDeviceSource {
  readonly #store: ToDeviceStore;
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #clock: Clock;
  readonly #sessions: Pick<Sessions, 'signedIn'>;
  /** `undefined`: nothing waits. */
  readonly #waiting: DeviceMemory<Waiting | undefined>;

  constructor(parts: {
    readonly store: ToDeviceStore;
    readonly log: Log;
    readonly tail: Tail;
    readonly clock: Clock;
    readonly sessions: Pick<Sessions, 'signedIn'>;
  }) {
    this.#store = parts.store;
    this.#log = parts.log;
    this.#tail = parts.tail;
    this.#clock = parts.clock;
    this.#sessions = parts.sessions;
    this.#waiting = new DeviceMemory(async (device) => {
      const { oldest, newest, position } = await parts.store.queue(device);
      return { state: oldest === null || newest === null ? undefined : { oldest, newest }, position };
    });
    parts.log.follow((entries) => this.#follow(entries));
  }

  /**
   * Sends a message of one type to each of the devices that are named; unknown ones are passed over. The same request sends
   * nothing again. Throws `M_TOO_LARGE` for a content of more than 64 KiB, `M_BAD_JSON` for one
   * that is nested too deep.
   */
  async send(sender: DeviceName, type: string, transactionId: string, messages: Messages): Promise<void> {
    requireFitting(messages);
    const sending = { userId: sender.userId, deviceId: sender.deviceId, type, transactionId };
    await this.#log.append(async (batch) => {
      if (await this.#wasSent(batch, sending)) return;
      const recipients = Object.keys(messages) as UserId[];
      const devices = await batch.read((writer) => this.#sessions.signedIn(recipients, writer));
      for (const { userId, deviceId } of devices) {
        const content = contentFor(messages[userId], deviceId);
        if (content !== undefined) this.#place(batch, { userId, deviceId }, { sender: sender.userId, type, content });
      }
      batch.gather(this.#store.insertSendings, { ...sending, at: this.#clock.now() });
      this.#sentIn(batch).add(keyOf(sending));
    });
  }

  async read(device: DeviceName, after: Position, upTo: Position, limit: number): Promise<readonly ToDeviceEntry[]> {
    const known = this.#waiting.of(device);
    const waiting = known instanceof Promise ? await known : known;
    if (waiting === undefined || waiting.newest <= after || waiting.oldest > upTo) return [];
    const recent = this.#readTail(device, Math.max(after, waiting.oldest - 1), upTo, limit);
    return recent ?? this.#store.read(device, after, upTo, limit);
  }

  acknowledge(device: DeviceName, upTo: Position): Promise<void> | undefined {
    const known = this.#waiting.of(device);
    if (known instanceof Promise) return this.#acknowledgeUnknown(known, device, upTo);
    return known === undefined || known.oldest > upTo ? undefined : this.#delete(device, upTo);
  }

  /** Forgets what waits for a device that is signed out for good, and what it has sent. */
  async forgetDevice(device: DeviceName): Promise<void> {
    await this.#log.append((batch) => batch.atOnce((writer) => this.#store.deleteAll(writer, device)));
    this.#waiting.forget(device);
  }

  async #acknowledgeUnknown(known: Promise<Waiting | undefined>, device: DeviceName, upTo: Position): Promise<void> {
    const waiting = await known;
    if (waiting !== undefined && waiting.oldest <= upTo) await this.#delete(device, upTo);
  }

  /** Messages that are in memory still; those that the device has had are not told again to one who asks with an old token. */
  #readTail({ userId, deviceId }: DeviceName, after: Position, upTo: Position, limit: number) {
    const entries = this.#tail.after(after);
    if (entries === undefined || entries.length > LONGEST_TAIL_READ) return undefined;
    return entries
      .filter((entry) => entry.kind === 'to-device')
      .filter((entry) => entry.userId === userId && entry.deviceId === deviceId && entry.position <= upTo)
      .slice(0, limit);
  }

  /** Gathered with all else that is written just then, so that thousands who acknowledge at once cost few transactions. */
  async #delete({ userId, deviceId }: DeviceName, upTo: Position): Promise<void> {
    await this.#log.append((batch) => batch.gather(this.#store.deleteAcknowledged, { userId, deviceId, upTo }));
    this.#waiting.amend({ userId, deviceId }, (waiting) => {
      if (waiting === undefined || waiting.newest <= upTo) return undefined;
      return { oldest: Math.max(waiting.oldest, upTo + 1), newest: waiting.newest };
    });
  }

  #place(batch: Batch, { userId, deviceId }: DeviceName, message: ToDeviceEntry['message']): void {
    const unplaced: Unplaced<ToDeviceEntry> = { kind: 'to-device', userId, deviceId, message };
    batch.gather(this.#store.insert, batch.place<ToDeviceEntry>(unplaced));
  }

  async #wasSent(batch: Batch, sending: Sending): Promise<boolean> {
    if (this.#sentIn(batch).has(keyOf(sending))) return true;
    return batch.read((writer) => this.#store.wasSent(writer, sending));
  }

  /** What this batch sends, which no query finds yet. */
  #sentIn(batch: Batch): Set<string> {
    return batch.staged(this, () => new Set<string>());
  }

  #follow(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      if (entry.kind !== 'to-device') continue;
      const { position } = entry;
      this.#waiting.change(entry, position, (waiting) => ({ oldest: waiting?.oldest ?? position, newest: position }));
    }
  }
}

const contentFor = (ofUser: Messages[UserId], deviceId: DeviceId): JsonObject | undefined => {
  if (ofUser === undefined) return undefined;
  const name = Object.hasOwn(ofUser, deviceId) ? deviceId : EVERY_DEVICE;
  return Object.hasOwn(ofUser, name) ? ofUser[name] : undefined;
};

const requireFitting = (messages: Messages): void => {
  for (const ofUser of Object.values(messages)) {
    for (const content of Object.values(ofUser ?? {})) {
      if (isNestedTooDeep(content)) throw new DomainError('M_BAD_JSON', 'A message is nested too deep.');
      if (Buffer.byteLength(JSON.stringify(content)) > LARGEST_CONTENT)
        throw new DomainError('M_TOO_LARGE', 'A message to a device may have at most 64 KiB.');
    }
  }
};

const keyOf = ({ userId, deviceId, type, transactionId }: Sending): string =>
  JSON.stringify([userId, deviceId, type, transactionId]);
