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
