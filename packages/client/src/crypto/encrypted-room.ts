import type { MatrixClient, MatrixEvent, Room } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { Locked } from '../messages/content.ts';

/** The state event that makes a room encrypted, for good (specification: "m.room.encryption"). */
export const ENCRYPTION = {
  type: 'm.room.encryption',
  state_key: '',
  content: { algorithm: 'm.megolm.v1.aes-sha2' },
} as const;

/**
 * Whether what one sends into a room is encrypted. What the device has once seen encrypted stays so, whatever the
 * server says later.
 */
export const isEncryptedRoom = async (client: MatrixClient, room: Room): Promise<boolean> =>
  room.hasEncryptionStateEvent() || ((await client.getCrypto()?.isEncryptionEnabledInRoom(room.roomId)) ?? false);

const WHY: Readonly<Partial<Record<DecryptionFailureCode, Locked['why']>>> = {
  [DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID]: 'waiting',
  [DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX]: 'waiting',
  [DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE]: 'unconfirmed',
  [DecryptionFailureCode.MEGOLM_KEY_WITHHELD]: 'withheld',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED]: 'unconfirmed',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP]: 'before',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP]: 'before',
  [DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED]: 'not-joined',
};

/** Why an event can't be read here; `undefined` when it can. */
export function lockedIn(event: MatrixEvent): Locked['why'] | undefined {
  if (event.isRedacted()) return undefined;
  if (event.isDecryptionFailure()) {
    const reason = event.decryptionFailureReason;
    return (reason !== null && WHY[reason]) || 'unreadable';
  }
  // It is being opened, or will be as soon as somebody looks at it.
  return event.getType() === 'm.room.encrypted' ? 'opening' : undefined;
}

/** Opens what is still closed; each tells when it is done. */
export function openAll(client: MatrixClient, events: readonly MatrixEvent[]): void {
  for (const event of events.toReversed()) {
    if (event.shouldAttemptDecryption()) client.decryptEventIfNeeded(event).catch(() => undefined);
  }
}
