import { z } from 'zod';
import { canonicalJson } from '../event/canonical-json.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealingError } from './sealing-error.ts';

/** Fewer characters can be guessed by somebody who has stolen the file. */
export const SHORTEST_PASSPHRASE = 12;

const ITERATIONS = 1_000_000;

/** Bytes as URL-safe base64. */
export const bytes = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** How a file's bytes are locked under a passphrase. */
export const Lock = z.strictObject({
  kdf: z.strictObject({
    name: z.literal('PBKDF2-SHA-512'),
    // Fewer were never ours; more would hang the browser of whoever opens the file.
    iterations: z.int().min(600_000).max(20_000_000),
    salt: bytes,
  }),
  cipher: z.strictObject({ name: z.literal('AES-256-GCM'), iv: bytes }),
});
export type Lock = z.output<typeof Lock>;

/**
 * Locks bytes under a passphrase.
 *
 * @param named what the file says of them in the clear; it is bound to them
 * @returns what is said in the clear, with how they are locked, and the locked bytes as base64
 * @throws SealingError `weak-passphrase`
 */
export const lockBytes = async <Named extends object>(
  named: Named,
  secret: Uint8Array<ArrayBuffer>,
  passphrase: string,
): Promise<{ readonly header: Named & Lock; readonly locked: string }> => {
  if (normalised(passphrase).length < SHORTEST_PASSPHRASE) {
    throw new SealingError('weak-passphrase', `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`);
  }
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const header: Named & Lock = {
    ...named,
    kdf: { name: 'PBKDF2-SHA-512', iterations: ITERATIONS, salt: toBase64Url(salt) },
    cipher: { name: 'AES-256-GCM', iv: toBase64Url(iv) },
  };
  const key = await keyFrom(passphrase, salt, ITERATIONS);
  const locked = await crypto.subtle.encrypt(cipherOf(iv, header), key, secret);
  return { header, locked: toBase64Url(new Uint8Array(locked)) };
};

/**
 * The bytes again.
 *
 * @throws SealingError `not-a-key-file`, or `wrong-passphrase`, which a damaged file gives too
 */
export const unlockBytes = async (
  header: Lock,
  lockedText: string,
  passphrase: string,
): Promise<Uint8Array<ArrayBuffer>> => {
  const [salt, iv, locked] = [header.kdf.salt, header.cipher.iv, lockedText].map(fromBase64Url);
  if (salt === undefined || iv === undefined || locked === undefined)
    throw new SealingError('not-a-key-file', 'This file holds no key of Byline.');
  const key = await keyFrom(passphrase, salt, header.kdf.iterations);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(cipherOf(iv, header), key, locked));
  } catch (cause) {
    throw new SealingError('wrong-passphrase', 'The passphrase is wrong, or the key file is damaged.', { cause });
  }
};

/** Binds the header, so that nobody can put another name or public key before a private key. */
const cipherOf = (iv: Uint8Array<ArrayBuffer>, header: object) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(canonicalJson(header)),
});

const keyFrom = async (passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> => {
  const secret = new TextEncoder().encode(normalised(passphrase));
  const material = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const kdf = { name: 'PBKDF2', hash: 'SHA-512', salt, iterations };
  return crypto.subtle.deriveKey(kdf, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
};

/** Keyboards differ in how they compose the same characters. */
const normalised = (passphrase: string): string => passphrase.normalize('NFKC');
