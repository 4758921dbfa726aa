import { publicKeyOf, type CrossSigningKeys } from './cross-signing-keys.ts';
import { signingKeyIdOf, signingKeyOf } from './device-keys.ts';
import { isSignedBy, type SignedObject, signaturesOf, signedText } from './signed-object.ts';
import type { DeviceKeys } from '@byline/protocol/matrix/keys.ts';

/** Whose keys sign: the keys of the user who uploads signatures. */
export interface Signer {
  readonly userId: string;
  readonly crossSigning: CrossSigningKeys;
  readonly devices: readonly DeviceKeys[];
}

/** The key that is signed, as this server knows it, and what it is to the signer. */
export interface SignedKey {
  readonly kind: 'own device' | 'own master key' | 'master key of another';
  readonly key: SignedObject;
}

export interface NewSignature {
  readonly keyId: string;
  readonly signature: string;
}

export type SignatureVerdict =
  | { readonly accepted: readonly NewSignature[] }
  | { readonly refused: 'another key' | 'no signature' | 'invalid signature' };

/**
 * What of an uploaded signed key is worth keeping (client-server API: `POST /keys/signatures/upload`): the signer's own
 * signatures, each by the key that may sign such a one. What is known already is accepted, and nothing new.
 */
export const judgeSignatures = (uploaded: SignedObject, known: SignedKey, signer: Signer): SignatureVerdict => {
  if (signedText(uploaded) !== signedText(known.key)) return { refused: 'another key' };
  const given = signaturesOf(uploaded.signatures, signer.userId);
  if (given.length === 0) return { refused: 'no signature' };
  const keptBefore = new Map(signaturesOf(known.key.signatures, signer.userId));
  const fresh = given.filter(([keyId, signature]) => keptBefore.get(keyId) !== signature);
  const signingKeys = keysThatMaySign(known.kind, signer);
  const areValid = fresh.every(([keyId]) => {
    const publicKey = signingKeys.get(keyId);
    return publicKey !== undefined && isSignedBy(uploaded, signer.userId, keyId, publicKey);
  });
  if (!areValid) return { refused: 'invalid signature' };
  return { accepted: fresh.map(([keyId, signature]) => ({ keyId, signature })) };
};

/** By their ids. */
const keysThatMaySign = (kind: SignedKey['kind'], signer: Signer): ReadonlyMap<string, string> => {
  if (kind === 'own device') return crossSigningKey(signer, 'self_signing');
  if (kind === 'master key of another') return crossSigningKey(signer, 'user_signing');
  const ofDevices = signer.devices.flatMap((device) => {
    const publicKey = signingKeyOf(device);
    return publicKey === undefined ? [] : [[signingKeyIdOf(device.device_id), publicKey] as const];
  });
  return new Map(ofDevices);
};

const crossSigningKey = (
  { crossSigning }: Signer,
  usage: 'self_signing' | 'user_signing',
): ReadonlyMap<string, string> => {
  const key = crossSigning[usage];
  const publicKey = key === undefined ? undefined : publicKeyOf(key);
  return publicKey === undefined ? new Map() : new Map([[`ed25519:${publicKey}`, publicKey]]);
};
