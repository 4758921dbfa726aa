import { Serialised } from '../../../platform/http/answer.ts';
import type {
  DeviceListEntry,
  LogEntry,
  OneTimeKeysEntry,
  Position,
  ToDeviceEntry,
} from '../../../platform/log/entry.ts';
import type { KeyCounts, KeySource } from '../../keys/service.ts';
import type { ToDeviceSource } from '../../to-device/service.ts';
import type { Changes } from './changes.ts';
import type { SyncContext } from '../context.ts';
import type { SyncDevice } from '../sources.ts';
import { eventsTextIfAny } from '../text.ts';
import type { UserView } from '../waiting/view.ts';

/** What sync asks of end-to-end encryption. */
export interface EncryptionSource {
  readonly keys: KeySource;
  readonly toDevice: ToDeviceSource;
}

/** An entry that is not of rooms, but of devices. */
export type EncryptionEntry = ToDeviceEntry | DeviceListEntry | OneTimeKeysEntry;

/** What an answer to one device says of encryption. */
export interface EncryptionNews {
  readonly toDevice: string | undefined;
  readonly deviceLists: string | undefined;
  /** Up to where the device has its messages then. */
  readonly toDeviceUpTo: Position;
  /** Whether that is reason enough to answer. */
  readonly isTold: boolean;
}

/** As many as the specification recommends ("Send-to-Device messaging"); the others follow. */
const MOST_MESSAGES = 100;

const MOST_KEPT = 100;
const LARGEST_KEPT = 100_000;

/** Whether an entry says something to a device of the user. */
export const concernsDevice = (view: UserView, { deviceId }: SyncDevice, entry: LogEntry): entry is EncryptionEntry => {
  if (entry.kind === 'to-device' || entry.kind === 'one-time-keys')
    return entry.userId === view.userId && entry.deviceId === deviceId;
  if (entry.kind !== 'device-list') return false;
  if (entry.seenBy !== undefined) return entry.seenBy === view.userId;
  return entry.userId === view.userId || entry.roomIds.some((roomId) => view.hears(roomId));
};

/** Whether more messages wait for a device than one answer could hold. */
export const isBehind = ({ since, toDevice }: Pick<SyncContext, 'since' | 'toDevice'>): boolean =>
  since !== undefined && toDevice < since;

/** Tells devices what they need to talk encrypted (specification, client-server API: "Extensions to /sync"). */
export class EncryptionWriter {
  readonly #source: EncryptionSource;
  /** Most devices are told the same numbers again and again. */
  readonly #texts = new WeakMap<KeyCounts, string>();
  /** The last answer that was told with the same numbers: thousands who wait for one answer mostly have the same. */
  readonly #last = new Map<string, { readonly answer: string; readonly whole: Serialised }>();

  constructor(source: EncryptionSource) {
    this.#source = source;
  }

  /** Lets go of the messages that a device has; `undefined`: there is nothing to wait for. */
  acknowledge(device: SyncDevice, upTo: Position): Promise<void> | undefined {
    return this.#source.toDevice.acknowledge(device, upTo);
  }

  async own(changes: Changes, context: SyncContext): Promise<EncryptionNews> {
    const { device, upTo, toDevice } = context;
    const found = await this.#source.toDevice.read(device, toDevice, upTo, MOST_MESSAGES + 1);
    const messages = found.slice(0, MOST_MESSAGES);
    const deviceLists = await this.#deviceLists(changes, context);
    const hasNewCounts = changes.encryption?.some((entry) => entry.kind === 'one-time-keys') === true;
    return {
      toDevice: eventsTextIfAny(messages.map(({ message }) => JSON.stringify(message))),
      deviceLists,
      toDeviceUpTo: found.length > messages.length ? (messages.at(-1)?.position ?? upTo) : upTo,
      isTold: messages.length > 0 || deviceLists !== undefined || hasNewCounts,
    };
  }

  /**
   * An answer with the numbers of the device's keys. They stand in every answer, also in one that many share: a client
   * that does not find them may take it that none are left, and upload new ones each time.
   */
  withCounts(answer: string, device: SyncDevice): Serialised | Promise<Serialised> {
    const counts = this.#source.keys.counts(device);
    if (counts instanceof Promise) return counts.then((read) => this.#whole(answer, this.#textOf(read)));
    return this.#whole(answer, this.#textOf(counts));
  }

  #whole(answer: string, counts: string): Serialised {
    const last = this.#last.get(counts);
    if (last?.answer === answer) return last.whole;
    const whole = new Serialised(answer.slice(0, -1) + counts);
    if (answer.length > LARGEST_KEPT) return whole;
    if (this.#last.size >= MOST_KEPT) this.#last.clear();
    this.#last.set(counts, { answer, whole });
    return whole;
  }

  async #deviceLists(changes: Changes, { device, since, upTo }: SyncContext): Promise<string | undefined> {
    const isNothing =
      changes.rooms.size === 0 && changes.standings.size === 0 && changes.encryption?.some(isDeviceList) === false;
    if (since === undefined || isNothing) return undefined;
    const { changed, left } = await this.#source.keys.deviceListsBetween(device.userId, since, upTo);
    return changed.length === 0 && left.length === 0 ? undefined : JSON.stringify({ changed, left });
  }

  #textOf(counts: KeyCounts): string {
    const known = this.#texts.get(counts);
    if (known !== undefined) return known;
    const { oneTimeKeys, unusedFallbackTypes } = counts;
    const text = `,"device_one_time_keys_count":${JSON.stringify(oneTimeKeys)},"device_unused_fallback_key_types":${JSON.stringify(unusedFallbackTypes)}}`;
    this.#texts.set(counts, text);
    return text;
  }
}

const isDeviceList = (entry: EncryptionEntry): boolean => entry.kind === 'device-list';
