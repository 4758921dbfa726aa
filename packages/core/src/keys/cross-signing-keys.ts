import type { CrossSigningKey } from '@byline/protocol/matrix/cross-signing.ts';
import { isEd25519Key, isSignedBy } from './signed-object.ts';

export const CROSS_SIGNING_USAGES = ['master', 'self_signing', 'user_signing'] as const;
export type CrossSigningUsage = (typeof CROSS_SIGNING_USAGES)[number];

/** A user's cross-signing keys, as far as there are any. */
export type CrossSigningKeys = Readonly<Partial<Record<CrossSigningUsage, CrossSigningKey>>>;

/** Why a cross-signing key can't be published. */
export type CrossSigningFault =
  | 'of another user'
  | 'of another use'
  | 'not one Ed25519 key'
  | 'without a master key'
  | 'not signed by the master key';

/**
 * What is wrong with a key for this use (client-server API: `POST /keys/device_signing/upload`). `master` is the master key
 * that comes with it, or else the one that the user has.
 */
export const faultOfCrossSigningKey = (
  key: CrossSigningKey,
  usage: CrossSigningUsage,
  owner: string,
  master: CrossSigningKey | undefined,
): CrossSigningFault | undefined => {
  if (key.user_id !== owner) return 'of another user';
  if (!key.usage.includes(usage)) return 'of another use';
  if (publicKeyOf(key) === undefined) return 'not one Ed25519 key';
  if (usage === 'master') return undefined;
  const masterKey = master === undefined ? undefined : publicKeyOf(master);
  if (masterKey === undefined) return 'without a master key';
  return isSignedBy(key, owner, `ed25519:${masterKey}`, masterKey) ? undefined : 'not signed by the master key';
};

/** The public half, which is also the key's name; `undefined` unless it is exactly one Ed25519 key under its own name. */
export const publicKeyOf = ({ keys }: Pick<CrossSigningKey, 'keys'>): string | undefined => {
  const [only, ...others] = Object.entries(keys);
  if (only === undefined || others.length > 0) return undefined;
  const [keyId, publicKey] = only;
  return keyId === `ed25519:${publicKey}` && isEd25519Key(publicKey) ? publicKey : undefined;
};
