import type { DeviceId, UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';

/** Whose devices a client has to look at again, and whose it need not look at any more (`device_lists`). */
export interface DeviceListChanges {
  readonly changed: readonly UserId[];
  readonly left: readonly UserId[];
}

/** What of a device's one-time and fallback keys is left. */
export interface KeyCounts {
  /** By algorithm; `signed_curve25519` is always there (`device_one_time_keys_count`). */
  readonly oneTimeKeys: Readonly<Record<string, number>>;
  /** `device_unused_fallback_key_types`. */
  readonly unusedFallbackTypes: readonly string[];
}

/** What /sync and sliding sync ask of keys (specification, client-server API: "Extensions to /sync" of end-to-end encryption). */
export interface KeySource {
  /** Exact between two positions of the log, also of before a restart. */
  deviceListsBetween(userId: UserId, since: Position, upTo: Position): Promise<DeviceListChanges>;
  /** At once for a device in use. Every answer to a device tells them: some clients take their absence for zero. */
  counts(device: { readonly userId: UserId; readonly deviceId: DeviceId }): KeyCounts | Promise<KeyCounts>;
}
