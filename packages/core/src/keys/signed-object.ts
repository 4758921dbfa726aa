import { canonicalJson } from '../event/canonical-json.ts';
import { verifySignature } from '../event/signature.ts';
import { verifyKeyFrom } from '../event/signing-key.ts';
import type { Signatures } from '@byline/protocol/matrix/keys.ts';

/** An object that carries signatures of itself (appendices: "Signing JSON"). */
export interface SignedObject {
  readonly signatures?: Signatures | undefined;
  readonly [member: string]: unknown;
}

/** Whether a user's Ed25519 key, by its id and its public half in base64, has signed the object. */
export const isSignedBy = (object: SignedObject, signer: string, keyId: string, publicKey: string): boolean => {
  const signature = signatureOf(object, signer, keyId);
  if (signature === undefined || !SIGNATURE.test(signature) || !isEd25519Key(publicKey)) return false;
  const verifyKey = verifyKeyFrom(publicKey);
  return verifyKey !== undefined && verifySignature(signedText(object), signature, verifyKey);
};

/** Whether it is the public half of an Ed25519 key: 32 bytes of unpadded base64, and nothing that reading would pass over. */
export const isEd25519Key = (publicKey: string): boolean => /^[A-Za-z0-9+/]{43}$/.test(publicKey);

/** 64 bytes; some clients pad it. */
const SIGNATURE = /^[A-Za-z0-9+/]{86}(?:==)?$/;

/** What a key says by itself, the same for two objects that differ in their signatures alone. */
export const signedText = ({ signatures: _signatures, unsigned: _unsigned, ...signed }: SignedObject): string =>
  canonicalJson(signed);

/** A user's signature by the id of the key. A plain look-up would also find what every object inherits. */
const signatureOf = ({ signatures }: SignedObject, signer: string, keyId: string): string | undefined =>
  signaturesOf(signatures, signer).find(([id]) => id === keyId)?.[1];

/** All signatures of a user, each with the id of its key. */
export const signaturesOf = (
  signatures: Signatures | undefined,
  signer: string,
): readonly (readonly [keyId: string, signature: string])[] => {
  const ofSigner = Object.entries(signatures ?? {}).find(([userId]) => userId === signer)?.[1];
  return Object.entries(ofSigner ?? {});
};
