import type { JsonObject } from '@byline/protocol';
import { z } from 'zod';

/**
 * Where an encrypted file is and what opens it (specification: "Sending encrypted attachments", `EncryptedFile`).
 * Whoever has it can read the file; it stands only inside of encrypted messages.
 */
export interface EncryptedFile {
  /** `mxc://server/media` */
  readonly url: string;
  /** The AES key, base64url without padding. */
  readonly key: string;
  /** The counter block that it begins with, base64 without padding. */
  readonly iv: string;
  /** Of what is stored, base64 without padding. */
  readonly sha256: string;
  /** What it is once it is open, as its sender says. */
  readonly type: string;
}

/** What was fetched is not what was sent. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

const OnTheWire = z
  .object({
    url: z.string().startsWith('mxc://'),
    key: z.object({ k: z.string(), alg: z.literal('A256CTR'), kty: z.literal('oct') }),
    iv: z.string(),
    hashes: z.object({ sha256: z.string() }),
    v: z.literal('v2'),
  })
  .transform(({ url, key, iv, hashes }) => ({ url, key: key.k, iv, sha256: hashes.sha256 }));

const UNKNOWN_TYPE = 'application/octet-stream';
/** What a page shows or plays and never runs. SVG and HTML could be made to. */
const HARMLESS = /^(?:image\/(?:jpeg|png|gif|webp|avif|apng)|(?:audio|video)\/[\w.+-]+)$/;

/** Reads the `file` of a message; `undefined` for what isn't one. `type`: as the message says. */
export function encryptedFileIn(value: unknown, type = UNKNOWN_TYPE): EncryptedFile | undefined {
  const file = OnTheWire.safeParse(value).data;
  return file && { ...file, type: HARMLESS.test(type) ? type : UNKNOWN_TYPE };
}

/** The `file` of a message. */
export const encryptedFileContent = ({ url, key, iv, sha256 }: EncryptedFile): JsonObject => ({
  url,
  v: 'v2',
  key: { kty: 'oct', alg: 'A256CTR', ext: true, key_ops: ['encrypt', 'decrypt'], k: key },
  iv,
  hashes: { sha256 },
});

const AES = 'AES-CTR';
/** The first half of the counter block is random; the second counts from zero, so that it never overflows into the first. */
const RANDOM_BYTES = 8;
const COUNTER_BITS = 64;

/** Encrypts a file under a key of its own. `place` is all but where it will be put. */
export async function encryptFile(
  file: Blob,
): Promise<{ readonly data: Blob; readonly place: Omit<EncryptedFile, 'url'> }> {
  const iv = new Uint8Array(16);
  crypto.getRandomValues(iv.subarray(0, RANDOM_BYTES));
  const key = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ['encrypt', 'decrypt']);
  const data = await crypto.subtle.encrypt(
    { name: AES, counter: iv, length: COUNTER_BITS },
    key,
    await file.arrayBuffer(),
  );
  const { k = '' } = await crypto.subtle.exportKey('jwk', key);
  const place = { key: k, iv: base64Of(iv), sha256: base64Of(await digest(data)), type: file.type };
  return { data: new Blob([data], { type: UNKNOWN_TYPE }), place };
}

/** Opens an encrypted file. Throws `DamagedFile` when it isn't what was sent. */
export async function decryptFile(data: Blob, file: EncryptedFile): Promise<Blob> {
  const bytes = await data.arrayBuffer();
  if (base64Of(await digest(bytes)) !== withoutPadding(file.sha256))
    throw new DamagedFile('The file is not the one that was sent.');
  try {
    const jwk = { kty: 'oct', alg: 'A256CTR', ext: true, k: file.key };
    const key = await crypto.subtle.importKey('jwk', jwk, AES, false, ['decrypt']);
    const plain = await crypto.subtle.decrypt(
      { name: AES, counter: bytesOf(file.iv), length: COUNTER_BITS },
      key,
      bytes,
    );
    return new Blob([plain], { type: file.type });
  } catch {
    throw new DamagedFile('The key does not fit the file.');
  }
}

const digest = async (data: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', data));

const withoutPadding = (base64: string): string => base64.replace(/=+$/, '');
const base64Of = (bytes: Uint8Array): string => withoutPadding(btoa(String.fromCharCode(...bytes)));
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
