import { generateKeyPairSync, sign } from 'node:crypto';
import type { UserId } from '@byline/protocol/ids.ts';
import type { CrossSigningKey } from '@byline/protocol/matrix/cross-signing.ts';
import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';
import { unpaddedBase64 } from '../event/signing-key.ts';
import type { CrossSigningUsage } from './cross-signing-keys.ts';
import { type SignedObject, signedText } from './signed-object.ts';

/** An Ed25519 key as a client has it. */
export interface ClientKey {
  readonly publicKey: string;
  readonly sign: (text: string) => string;
}

export const makeKey = (): ClientKey => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    publicKey: unpaddedBase64(spki.subarray(-32)),
    sign: (text) => unpaddedBase64(sign(null, Buffer.from(text), privateKey)),
  };
};

/** The object with one more signature. */
export const signedBy = <Signed extends SignedObject>(
  object: Signed,
  signer: string,
  keyId: string,
  key: ClientKey,
): Signed & { readonly signatures: Record<string, Record<string, string>> } => {
  const { signatures = {} } = object;
  return {
    ...object,
    signatures: { ...signatures, [signer]: { ...signatures[signer], [keyId]: key.sign(signedText(object)) } },
  };
};

/** What a device uploads of itself. */
export const deviceKeysOf = (userId: string, deviceId: string, key: ClientKey): DeviceKeys =>
  signedBy(
    {
      user_id: userId as UserId,
      device_id: deviceId as DeviceKeys['device_id'],
      algorithms: ['m.olm.v1.curve25519-aes-sha2', 'm.megolm.v1.aes-sha2'],
      keys: { [`curve25519:${deviceId}`]: makeKey().publicKey, [`ed25519:${deviceId}`]: key.publicKey },
    },
    userId,
    `ed25519:${deviceId}`,
    key,
  );

/** A cross-signing key, not signed yet. */
export const crossSigningKeyOf = (userId: string, usage: CrossSigningUsage, key: ClientKey): CrossSigningKey => ({
  user_id: userId as UserId,
  usage: [usage],
  keys: { [`ed25519:${key.publicKey}`]: key.publicKey },
});

/** A user's three cross-signing keys as they are uploaded, and by what they sign. */
export const makeCrossSigning = (userId: string) => {
  const [master, selfSigning, userSigning] = [makeKey(), makeKey(), makeKey()];
  const bySigned = (usage: CrossSigningUsage, key: ClientKey) =>
    signedBy(crossSigningKeyOf(userId, usage, key), userId, `ed25519:${master.publicKey}`, master);
  return {
    master,
    selfSigning,
    userSigning,
    uploaded: {
      master_key: crossSigningKeyOf(userId, 'master', master),
      self_signing_key: bySigned('self_signing', selfSigning),
      user_signing_key: bySigned('user_signing', userSigning),
    },
  };
};
