import { z } from 'zod';
import { UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { Signatures } from './keys.ts';
import { AuthenticationData } from './user-interactive-auth.ts';

/** One of a user's own signing keys (client-server API: "Cross-signing"). */
export const CrossSigningKey = z.looseObject({
  user_id: UserId,
  usage: z.array(z.string()),
  /** Exactly one: `ed25519:PUBLIC_KEY` and the public key once more. */
  keys: z.record(z.string(), z.string()),
  signatures: Signatures.optional(),
});
export type CrossSigningKey = z.output<typeof CrossSigningKey>;

export const uploadCrossSigningKeys = operation({
  method: 'POST',
  // Cinny and older Element use the path that it had before the specification took it up.
  paths: clientPaths('/keys/device_signing/upload', ['v3', 'unstable']),
  auth: 'required',
  limit: 'sign-in',
  summary: "Publish the caller's cross-signing keys",
  body: z.object({
    auth: AuthenticationData.optional(),
    master_key: CrossSigningKey.optional(),
    self_signing_key: CrossSigningKey.optional(),
    user_signing_key: CrossSigningKey.optional(),
  }),
});

export const uploadSignatures = operation({
  method: 'POST',
  paths: clientPaths('/keys/signatures/upload', ['v3', 'unstable']),
  auth: 'required',
  limit: 'write',
  summary: 'Publish signatures of keys',
  /** By whose key it is, and by its id: a device id, or the public key of a cross-signing key. */
  body: z.record(UserId, z.record(z.string(), JsonObject)),
  answer: z.object({ failures: z.record(z.string(), z.record(z.string(), JsonObject)) }),
});
