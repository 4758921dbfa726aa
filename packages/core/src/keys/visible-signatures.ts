import type { Signatures } from '@byline/protocol/matrix/keys.ts';

/** Who looks at whose key. */
export interface Look {
  readonly owner: string;
  readonly viewer: string;
  /** The id of the owner's user-signing key: whom its owner trusts is nobody else's business. */
  readonly userSigningKeyId: string | undefined;
}

/**
 * The signatures of a key that a user may see (client-server API: "Key and signature security"): their own, and those by
 * which the owner vouches for their own keys.
 */
export const visibleSignatures = (signatures: Signatures, { owner, viewer, userSigningKeyId }: Look): Signatures => {
  const visible: Record<string, Record<string, string>> = {};
  for (const [signer, ofSigner] of Object.entries(signatures)) {
    if (signer === viewer) visible[signer] = ofSigner;
    else if (signer === owner) {
      visible[signer] = Object.fromEntries(Object.entries(ofSigner).filter(([keyId]) => keyId !== userSigningKeyId));
    }
  }
  return visible;
};

/** Signatures of one key from several places; of two by one key the later stands. */
export const mergedSignatures = (...parts: readonly Signatures[]): Signatures => {
  const merged: Record<string, Record<string, string>> = {};
  for (const part of parts) {
    for (const [signer, ofSigner] of Object.entries(part)) merged[signer] = { ...merged[signer], ...ofSigner };
  }
  return merged;
};
