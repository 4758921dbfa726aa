import type { DeviceId, UserId } from '@byline/protocol';
import type { Position, ToDeviceEntry } from '../../platform/log/entry.ts';

/** A device, as far as messages to it are concerned. */
export interface Recipient {
  readonly userId: UserId;
  readonly deviceId: DeviceId;
}

/** What /sync and sliding sync ask of messages to devices (specification, client-server API: "Send-to-Device messaging"). */
export interface ToDeviceSource {
  /** Those waiting for a device after one position up to another, oldest first; no query where there are known to be none. */
  read(device: Recipient, after: Position, upTo: Position, limit: number): Promise<readonly ToDeviceEntry[]>;
  /** Forgets those up to a position, because the device has them; `undefined`: there is nothing to forget and nothing to wait for. */
  acknowledge(device: Recipient, upTo: Position): Promise<void> | undefined;
}
