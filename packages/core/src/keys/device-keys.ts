import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';
import { isSignedBy, signedText } from './signed-object.ts';

/** Why the identity keys of a device can't be published. */
export type DeviceKeysFault = 'of another user' | 'of another device' | 'not signed by the device';

/** What is wrong with the keys that a device uploads as its own (client-server API: "Uploading keys"). */
export const faultOfDeviceKeys = (
  keys: DeviceKeys,
  owner: { readonly userId: string; readonly deviceId: string },
): DeviceKeysFault | undefined => {
  if (keys.user_id !== owner.userId) return 'of another user';
  if (keys.device_id !== owner.deviceId) return 'of another device';
  const signingKey = signingKeyOf(keys);
  if (signingKey === undefined) return 'not signed by the device';
  const keyId = signingKeyIdOf(owner.deviceId);
  return isSignedBy(keys, owner.userId, keyId, signingKey) ? undefined : 'not signed by the device';
};

/** The public half of the key by which a device signs; `undefined`: it has published none. */
export const signingKeyOf = ({ device_id, keys }: Pick<DeviceKeys, 'device_id' | 'keys'>): string | undefined =>
  Object.entries(keys).find(([keyId]) => keyId === signingKeyIdOf(device_id))?.[1];

export const signingKeyIdOf = (deviceId: string): string => `ed25519:${deviceId}`;

/** Whether both say the same but for who has signed it. */
export const isSameKey = (left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): boolean =>
  signedText(left) === signedText(right);
