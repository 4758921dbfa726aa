import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ServerName } from '@byline/protocol/ids.ts';

/** The Ed25519 key by which a server signs what it says. */
export interface SigningKey {
  readonly serverName: ServerName;
  /** `ed25519:VERSION`; the version only tells a server's keys apart. */
  readonly keyId: SigningKeyId;
  readonly privateKey: KeyObject;
  /** Unpadded base64, as `/_matrix/key/v2/server` publishes it. */
  readonly publicKey: string;
}

export type SigningKeyId = `ed25519:${string}`;

/** A fresh seed of 32 random bytes as unpadded base64: what is stored of a signing key. */
export const generateSigningSeed = (): string => unpaddedBase64(randomBytes(SEED_BYTES));

/**
 * The key that a stored seed makes.
 *
 * @throws Error if the seed is not 32 bytes of base64.
 */
export const signingKeyFromSeed = (serverName: ServerName, keyId: SigningKeyId, seed: string): SigningKey => {
  const bytes = Buffer.from(seed, 'base64');
  if (bytes.length !== SEED_BYTES) throw new Error(`A signing key's seed must have ${SEED_BYTES} bytes.`);
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEADER, bytes]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { serverName, keyId, privateKey, publicKey: unpaddedBase64(spki.subarray(SPKI_HEADER.length)) };
};

/**
 * Another server's key as it publishes it, ready to verify by; `undefined` if it is not 32 bytes of base64.
 */
export const verifyKeyFrom = (publicKey: string): KeyObject | undefined => {
  const bytes = Buffer.from(publicKey, 'base64');
  if (bytes.length !== SEED_BYTES) return undefined;
  return createPublicKey({ key: Buffer.concat([SPKI_HEADER, bytes]), format: 'der', type: 'spki' });
};

/** Base64 without the padding (appendices: "Unpadded Base64"). */
export const unpaddedBase64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Both halves of an Ed25519 key are this long. */
const SEED_BYTES = 32;

/** What stands before the seed and before the public key in their DER forms (RFC 8410, sections 7 and 4). */
const PKCS8_HEADER = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEADER = Buffer.from('302a300506032b6570032100', 'hex');
