import type { CryptoKey } from 'hpke';
import { z } from 'zod';
import { canonicalJson } from '../event/canonical-json.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealingError } from './sealing-error.ts';
import { keyIdOf, SUITE } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';

/** Fewer characters can be guessed by somebody who has stolen the file. */
export const SHORTEST_PASSPHRASE = 12;

const FORMAT = 'byline-key';
const VERSION = 1;
const ITERATIONS = 1_000_000;
const bytes = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** A private key under a passphrase, as it stands in a file: JSON, all bytes as URL-safe base64. */
const KeyFile = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  kid: z.string(),
  public_key: bytes,
  kdf: z.strictObject({
    name: z.literal('PBKDF2-SHA-512'),
    // Fewer were never ours; more would hang the browser of whoever opens the file.
    iterations: z.int().min(600_000).max(20_000_000),
    salt: bytes,
  }),
  cipher: z.strictObject({ name: z.literal('AES-256-GCM'), iv: bytes }),
  /** The 32 bytes of the private key, encrypted; everything above is bound to it. */
  locked_key: bytes,
});
type KeyFile = z.output<typeof KeyFile>;
type KeyFileHeader = Omit<KeyFile, 'locked_key'>;

/**
 * The text of a key file that holds a private key under a passphrase.
 *
 * @param pair as `createKeyPair` made it: its private key can be exported
 * @throws SealingError `weak-passphrase`
 */
export const lockKey = async (pair: SealingKeyPair, passphrase: string): Promise<string> => {
  if (normalised(passphrase).length < SHORTEST_PASSPHRASE) {
    throw new SealingError('weak-passphrase', `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`);
  }
  if (!pair.privateKey.extractable) throw new Error('A key from a key file cannot be locked again; copy the file.');
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const header: KeyFileHeader = {
    format: FORMAT,
    version: VERSION,
    kid: pair.kid,
    public_key: pair.publicKey,
    kdf: { name: 'PBKDF2-SHA-512', iterations: ITERATIONS, salt: toBase64Url(salt) },
    cipher: { name: 'AES-256-GCM', iv: toBase64Url(iv) },
  };
  const key = await keyFrom(passphrase, salt, ITERATIONS);
  const privateKey = new Uint8Array(await SUITE.SerializePrivateKey(pair.privateKey));
  const locked = await crypto.subtle.encrypt(cipherOf(iv, header), key, privateKey);
  privateKey.fill(0);
  return `${JSON.stringify({ ...header, locked_key: toBase64Url(new Uint8Array(locked)) }, null, 2)}\n`;
};

/**
 * The key pair of a key file. Its private key cannot be exported again, so a page that holds it cannot give it away.
 *
 * @throws SealingError `not-a-key-file`, `newer-key-file`, or `wrong-passphrase`, which a damaged file gives too
 */
export const unlockKey = async (text: string, passphrase: string): Promise<SealingKeyPair> => {
  const { locked_key: lockedKey, ...header } = parsed(text);
  const [salt, iv, locked] = [header.kdf.salt, header.cipher.iv, lockedKey].map(fromBase64Url);
  if (salt === undefined || iv === undefined || locked === undefined) throw notAKeyFile();
  const key = await keyFrom(passphrase, salt, header.kdf.iterations);
  const unlocked = new Uint8Array(await decrypt(key, iv, header, locked));
  const privateKey = await SUITE.DeserializePrivateKey(unlocked, false);
  unlocked.fill(0);
  return { kid: await keyIdOf(header.public_key), publicKey: header.public_key, privateKey };
};

/** Which key a key file holds, as it says itself, without unlocking it: to tell files apart. */
export const describeKeyFile = (text: string): { readonly kid: string; readonly publicKey: string } => {
  const { kid, public_key: publicKey } = parsed(text);
  return { kid, publicKey };
};

const parsed = (text: string): KeyFile => {
  const content = z.looseObject({ format: z.literal(FORMAT), version: z.int() }).safeParse(jsonOf(text));
  if (!content.success) throw notAKeyFile();
  if (content.data.version > VERSION) {
    throw new SealingError('newer-key-file', 'This key file was made by a newer Byline. Please update this one first.');
  }
  const file = KeyFile.safeParse(content.data);
  if (!file.success) throw notAKeyFile();
  return file.data;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAKeyFile(cause);
  }
};

const decrypt = async (
  key: CryptoKey,
  iv: Uint8Array<ArrayBuffer>,
  header: KeyFileHeader,
  locked: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer> => {
  try {
    return await crypto.subtle.decrypt(cipherOf(iv, header), key, locked);
  } catch (cause) {
    throw new SealingError('wrong-passphrase', 'The passphrase is wrong, or the key file is damaged.', { cause });
  }
};

/** Binds the header, so that nobody can put another name or public key before a private key. */
const cipherOf = (iv: Uint8Array<ArrayBuffer>, header: KeyFileHeader) => ({
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

const notAKeyFile = (cause?: unknown): SealingError =>
  new SealingError('not-a-key-file', 'This file holds no key of Byline.', { cause });
