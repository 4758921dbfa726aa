import { z } from 'zod';
import { bytes, Lock, lockBytes, unlockBytes } from './passphrase-lock.ts';
import { SealingError } from './sealing-error.ts';
import { keyIdOf, SUITE } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';

export { SHORTEST_PASSPHRASE } from './passphrase-lock.ts';

const FORMAT = 'byline-key';
const VERSION = 1;

/** A private key under a passphrase, as it stands in a file: JSON, all bytes as URL-safe base64. */
const KeyFile = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  kid: z.string(),
  public_key: bytes,
  ...Lock.shape,
  /** The 32 bytes of the private key, encrypted; everything above is bound to it. */
  locked_key: bytes,
});
type KeyFile = z.output<typeof KeyFile>;

/**
 * The text of a key file that holds a private key under a passphrase.
 *
 * @param pair as `createKeyPair` made it: its private key can be exported
 * @throws SealingError `weak-passphrase`
 */
export const lockKey = async (pair: SealingKeyPair, passphrase: string): Promise<string> => {
  if (!pair.privateKey.extractable) throw new Error('A key from a key file cannot be locked again; copy the file.');
  const privateKey = new Uint8Array(await SUITE.SerializePrivateKey(pair.privateKey));
  const named = { format: FORMAT, version: VERSION, kid: pair.kid, public_key: pair.publicKey };
  const { header, locked } = await lockBytes(named, privateKey, passphrase);
  privateKey.fill(0);
  return `${JSON.stringify({ ...header, locked_key: locked }, null, 2)}\n`;
};

/**
 * The key pair of a key file. Its private key cannot be exported again, so a page that holds it cannot give it away.
 *
 * @throws SealingError `not-a-key-file`, `newer-key-file`, or `wrong-passphrase`, which a damaged file gives too
 */
export const unlockKey = async (text: string, passphrase: string): Promise<SealingKeyPair> => {
  const { locked_key: lockedKey, ...header } = parsed(text);
  const unlocked = await unlockBytes(header, lockedKey, passphrase);
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

const notAKeyFile = (cause?: unknown): SealingError =>
  new SealingError('not-a-key-file', 'This file holds no key of Byline.', { cause });
