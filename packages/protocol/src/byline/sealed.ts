import { z } from 'zod';

/** Names a reviewers' key: derived from the key itself, so that nobody can give two keys one name. */
export const KeyId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'not a valid key id' })
  .brand<'key id'>();
export type KeyId = z.infer<typeof KeyId>;

const base64Url = (shortest: number, longest: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, { error: 'must be URL-safe base64 without padding' })
    .min(shortest)
    .max(longest);

/** An X25519 public key: 32 bytes as URL-safe base64. */
export const PublicKey = base64Url(43, 43);

/** An Ed25519 public key, by which a signature is verified: 32 bytes as URL-safe base64. */
export const SigningKey = base64Url(43, 43);

/** An Ed25519 signature: 64 bytes as URL-safe base64. */
export const Signature = base64Url(86, 86);

/** A SHA-256 hash: 32 bytes as URL-safe base64. */
export const Hash = base64Url(43, 43);

/** What AES-256-GCM encrypted under a key that nobody has whole, with its initialisation vector of 96 bits. */
export const Encrypted = z.object({ iv: base64Url(16, 16), ct: base64Url(22, 4_096) });
export type Encrypted = z.output<typeof Encrypted>;

/** Longest ciphertext that travels as text, in characters; pictures travel as bytes. */
const LONGEST_CIPHERTEXT = 16_384;

/** Something sealed by HPKE (RFC 9180) to the holder of a key. */
export const Sealed = z.object({
  v: z.literal(1),
  /** The key that opens it. */
  kid: KeyId,
  /** The encapsulated key. */
  enc: base64Url(43, 43),
  ct: base64Url(24, LONGEST_CIPHERTEXT),
});
export type Sealed = z.output<typeof Sealed>;
