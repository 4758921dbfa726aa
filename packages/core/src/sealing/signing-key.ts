import { fromBase64Url, toBase64Url } from './base64url.ts';
import { SealingError } from './sealing-error.ts';

/** An Ed25519 key (RFC 8032) by which a person signs in their own browser. */
export interface SigningKeyPair {
  /** 32 bytes as URL-safe base64. */
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

const ED25519 = { name: 'Ed25519' } as const;

/** A new key pair. Its private key can be exported, so that it can be locked into a file; keep it no longer than for that. */
export const createSigningKeyPair = async (): Promise<SigningKeyPair> => {
  const pair = await crypto.subtle.generateKey(ED25519, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('Ed25519 makes pairs of keys.');
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { publicKey: toBase64Url(raw), privateKey: pair.privateKey };
};

/** Signs a text. The signature is URL-safe base64. */
export const signText = async (key: SigningKeyPair, text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.sign(ED25519, key.privateKey, new TextEncoder().encode(text))));

/** Whether a signature of a text is by the owner of a public key; `false` also for what is no key or no signature. */
export const isSignedBy = async (publicKey: string, text: string, signature: string): Promise<boolean> => {
  const [raw, signed] = [fromBase64Url(publicKey), fromBase64Url(signature)];
  if (raw?.length !== 32 || signed?.length !== 64) return false;
  const key = await crypto.subtle.importKey('raw', raw, ED25519, false, ['verify']).catch(() => undefined);
  return key !== undefined && crypto.subtle.verify(ED25519, key, signed, new TextEncoder().encode(text));
};

/** The private half as bytes (PKCS #8), to be locked away. */
export const exportSigningKey = async ({ privateKey }: SigningKeyPair): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));

/** The pair again. Its private key can't be exported any more. Throws SealingError `malformed-key`. */
export const importSigningKey = async (publicKey: string, pkcs8: Uint8Array<ArrayBuffer>): Promise<SigningKeyPair> => {
  try {
    return { publicKey, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign']) };
  } catch (cause) {
    throw new SealingError('malformed-key', 'This is not a key to sign with.', { cause });
  }
};
