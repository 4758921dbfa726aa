/** What the server may know of a backed-up session key; the key itself it can't read. */
export interface KeyMetadata {
  /** The first message of the session that the key opens; a lower one opens more. */
  readonly first_message_index: number;
  /** How often the key was passed from device to device. */
  readonly forwarded_count: number;
  /** Whether the device that backed it up had verified the device that it came from. */
  readonly is_verified: boolean;
}

/**
 * Whether a key of the same session takes the place of the one that is kept (specification, client-server API:
 * "Server-side key backups"). Of two that are alike the one that is kept stays.
 */
export const isBetterKey = (offered: KeyMetadata, kept: KeyMetadata): boolean => {
  if (offered.is_verified !== kept.is_verified) return offered.is_verified;
  if (offered.first_message_index !== kept.first_message_index)
    return offered.first_message_index < kept.first_message_index;
  return offered.forwarded_count < kept.forwarded_count;
};
