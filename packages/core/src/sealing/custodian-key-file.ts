import { z } from 'zod';
import { bytes, Lock, lockBytes, unlockBytes } from './passphrase-lock.ts';
import { SealingError } from './sealing-error.ts';
import { keyIdOf, type SealingKeyPair, SUITE } from './sealing-key.ts';
import { exportSigningKey, importSigningKey, type SigningKeyPair } from './signing-key.ts';

/** The two keys of a custodian: one opens what is sealed to them, the other signs what they take part in. */
export interface CustodianKeys {
  readonly sealing: SealingKeyPair;
  readonly signing: SigningKeyPair;
}

const FORMAT = 'byline-custodian-key';
const VERSION = 1;
const SEALING_BYTES = 32;

/** Both private keys under a passphrase, as they stand in a file: JSON, all bytes as URL-safe base64. */
const CustodianKeyFile = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  public_key: bytes,
  signing_key: bytes,
  ...Lock.shape,
  /** The private sealing key (32 bytes), then the private signing key (PKCS #8), encrypted; the rest is bound to it. */
  locked_keys: bytes,
});

/**
 * The text of a file that holds a custodian's two private keys under a passphrase.
 *
 * @param keys as they were made: they can be exported
 * @throws SealingError `weak-passphrase`
 */
export const lockCustodianKeys = async ({ sealing, signing }: CustodianKeys, passphrase: string): Promise<string> => {
  const parts = [new Uint8Array(await SUITE.SerializePrivateKey(sealing.privateKey)), await exportSigningKey(signing)];
  const secret = Uint8Array.from(parts.flatMap((part) => [...part]));
  const named = { format: FORMAT, version: VERSION, public_key: sealing.publicKey, signing_key: signing.publicKey };
  const { header, locked } = await lockBytes(named, secret, passphrase);
  for (const part of [...parts, secret]) part.fill(0);
  return `${JSON.stringify({ ...header, locked_keys: locked }, null, 2)}\n`;
};

/**
 * The keys of such a file. They can't be exported again.
 *
 * @throws SealingError `not-a-key-file`, `newer-key-file`, or `wrong-passphrase`, which a damaged file gives too
 */
export const unlockCustodianKeys = async (text: string, passphrase: string): Promise<CustodianKeys> => {
  const { locked_keys: locked, ...header } = parsed(text);
  const secret = await unlockBytes(header, locked, passphrase);
  const privateKey = await SUITE.DeserializePrivateKey(secret.slice(0, SEALING_BYTES), false);
  const signing = await importSigningKey(header.signing_key, secret.slice(SEALING_BYTES));
  secret.fill(0);
  return {
    sealing: { kid: await keyIdOf(header.public_key), publicKey: header.public_key, privateKey },
    signing,
  };
};

const parsed = (text: string) => {
  const content = z.looseObject({ format: z.literal(FORMAT), version: z.int() }).safeParse(jsonOf(text));
  if (!content.success) throw notAKeyFile();
  if (content.data.version > VERSION)
    throw new SealingError('newer-key-file', 'This key file was made by a newer Byline. Please update this one first.');
  const file = CustodianKeyFile.safeParse(content.data);
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
  new SealingError('not-a-key-file', "This file holds no custodian's keys.", { cause });
