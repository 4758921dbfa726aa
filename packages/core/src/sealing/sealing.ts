import type { KeyId } from '@byline/protocol/byline/sealed.ts';
import { concat } from 'hpke';
import { canonicalJson } from '../event/canonical-json.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealingError } from './sealing-error.ts';
import { keyIdOf, publicKeyBytes, SUITE } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';

/** Something sealed, as JSON. */
export interface Sealed {
  readonly v: typeof VERSION;
  /** The key that opens it. */
  readonly kid: KeyId;
  /** HPKE's encapsulated key, and the ciphertext; URL-safe base64. */
  readonly enc: string;
  readonly ct: string;
}

/**
 * What something is sealed for. It is not in the envelope: whoever opens it says what they expect, and what was sealed
 * for another account or another purpose does not open.
 */
export interface SealingContext {
  readonly account: string;
  readonly purpose: string;
  /** What the sealed bytes are, and in which version. */
  readonly schema: string;
  readonly version: number;
}

/**
 * Seals bytes to a public key.
 *
 * @throws SealingError `malformed-key`
 */
export const seal = async (publicKey: string, plaintext: Uint8Array, context: SealingContext): Promise<Sealed> => {
  const { encapsulatedSecret, ciphertext } = await encrypt(publicKey, plaintext, context);
  const kid = await keyIdOf(publicKey);
  return { v: VERSION, kid, enc: toBase64Url(encapsulatedSecret), ct: toBase64Url(ciphertext) };
};

/**
 * Opens what `seal` made.
 *
 * @throws SealingError `other-key` if it was sealed to another key, `cannot-open` if it was changed or sealed for
 * something else, `malformed-sealed`
 */
export const open = async (key: SealingKeyPair, sealed: Sealed, context: SealingContext): Promise<Uint8Array> => {
  const enc = fromBase64Url(sealed.enc);
  const ciphertext = fromBase64Url(sealed.ct);
  if (sealed.v !== VERSION || enc === undefined || ciphertext === undefined) throw malformed();
  if (sealed.kid !== key.kid) throw new SealingError('other-key', 'This was sealed to another key than this one.');
  return decrypt(key, enc, ciphertext, context);
};

/**
 * Seals many bytes, such as a picture, without the third that base64 adds: one byte of version, the encapsulated key,
 * the ciphertext. Which key opens it must be kept beside it.
 *
 * @throws SealingError `malformed-key`
 */
export const sealBytes = async (
  publicKey: string,
  plaintext: Uint8Array,
  context: SealingContext,
): Promise<Uint8Array<ArrayBuffer>> => {
  const { encapsulatedSecret, ciphertext } = await encrypt(publicKey, plaintext, context);
  return new Uint8Array(concat(Uint8Array.of(VERSION), encapsulatedSecret, ciphertext));
};

/**
 * Opens what `sealBytes` made.
 *
 * @throws SealingError `cannot-open`, `malformed-sealed`
 */
export const openBytes = async (
  key: SealingKeyPair,
  sealed: Uint8Array,
  context: SealingContext,
): Promise<Uint8Array> => {
  const begin = 1 + SUITE.KEM.Nenc;
  if (sealed[0] !== VERSION || sealed.length < begin + SUITE.AEAD.Nt) throw malformed();
  return decrypt(key, sealed.subarray(1, begin), sealed.subarray(begin), context);
};

const VERSION = 1;

/** Keeps what is sealed here from being taken for anything else that uses HPKE with the same key. */
const INFO = new TextEncoder().encode('byline sealing v1');

const encrypt = async (publicKey: string, plaintext: Uint8Array, context: SealingContext) =>
  SUITE.Seal(await SUITE.DeserializePublicKey(publicKeyBytes(publicKey)), plaintext, {
    info: INFO,
    aad: aadOf(context),
  });

const decrypt = async (
  key: SealingKeyPair,
  enc: Uint8Array,
  ciphertext: Uint8Array,
  context: SealingContext,
): Promise<Uint8Array> => {
  // Both halves are given: no browser yet finds the public key of a private one that may not be exported.
  const publicKey = await SUITE.DeserializePublicKey(publicKeyBytes(key.publicKey));
  const pair = { publicKey, privateKey: key.privateKey };
  try {
    return await SUITE.Open(pair, enc, ciphertext, { info: INFO, aad: aadOf(context) });
  } catch (cause) {
    throw new SealingError('cannot-open', 'This cannot be opened: it was changed, or sealed for something else.', {
      cause,
    });
  }
};

/** Only these four, whatever else the object carries. */
const aadOf = ({ account, purpose, schema, version }: SealingContext): Uint8Array =>
  new TextEncoder().encode(canonicalJson({ account, purpose, schema, version }));

const malformed = (): SealingError => new SealingError('malformed-sealed', 'This is nothing that was sealed.');
