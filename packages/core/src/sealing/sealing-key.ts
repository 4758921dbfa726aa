import { KeyId } from '@byline/protocol/byline/sealed.ts';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_X25519_HKDF_SHA256 } from 'hpke';
import type { CryptoKey } from 'hpke';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealingError } from './sealing-error.ts';

/** HPKE (RFC 9180) in base mode: X25519, HKDF-SHA256, AES-256-GCM; all of it is in the browsers' WebCrypto. */
export const SUITE = new CipherSuite(KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);

/** A key to which things are sealed, with the half that opens them. */
export interface SealingKeyPair {
  readonly kid: KeyId;
  /** 32 bytes as URL-safe base64. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

/** A new key pair. Its private key can be exported, so that it can be locked into a file; keep it no longer than for that. */
export const createKeyPair = async (): Promise<SealingKeyPair> => {
  const { publicKey, privateKey } = await SUITE.GenerateKeyPair(true);
  const text = toBase64Url(await SUITE.SerializePublicKey(publicKey));
  return { kid: await keyIdOf(text), publicKey: text, privateKey };
};

/** The id of a public key: half of its SHA-256, so that a key cannot be given the name of another. */
export const keyIdOf = async (publicKey: string): Promise<KeyId> =>
  KeyId.parse(toBase64Url(await halfHashOf(publicKey)));

/** The same as groups of digits, for people to compare aloud or on paper. */
export const fingerprintOf = async (publicKey: string): Promise<string> => {
  const digits = Array.from(await halfHashOf(publicKey), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return (digits.toUpperCase().match(/.{4}/g) ?? []).join(' ');
};

/**
 * The bytes of a public key.
 *
 * @throws SealingError `malformed-key` for what is not 32 bytes of URL-safe base64
 */
export const publicKeyBytes = (publicKey: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64Url(publicKey);
  if (bytes?.length !== SUITE.KEM.Npk) throw new SealingError('malformed-key', 'This is not a public key to seal to.');
  return bytes;
};

const halfHashOf = async (publicKey: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', publicKeyBytes(publicKey)), 0, 16);
