import { z } from 'zod';
import { DeviceId, UserId } from '../ids.ts';
import { JsonObject } from '../json.ts';
import { clientPaths, operation } from '../operation.ts';
import { text } from '../text.ts';
import { Token } from './token.ts';

/** By user and then by the id of the signing key (appendices: "Signing JSON"). */
export const Signatures = z.record(z.string(), z.record(z.string(), z.string()));
export type Signatures = z.output<typeof Signatures>;

/** A device's identity keys, signed by the device (client-server API: "Device keys"). */
export const DeviceKeys = z.looseObject({
  user_id: UserId,
  device_id: DeviceId,
  algorithms: z.array(z.string()),
  keys: z.record(z.string(), z.string()),
  signatures: Signatures,
});
export type DeviceKeys = z.output<typeof DeviceKeys>;

const LONGEST_NAME = 255;

const KeyAlgorithm = text(LONGEST_NAME);

/** `ALGORITHM:KEY_ID`. */
const KeyName = text(LONGEST_NAME).regex(/^[^:]+:./s, { error: 'must be an algorithm, a colon, and the id of a key' });

/** A one-time or fallback key: bare, or signed by its device (client-server API: "Key algorithms"). */
const ClaimableKey = z.union([z.string(), z.looseObject({ key: z.string(), signatures: Signatures })]);
export type ClaimableKey = z.output<typeof ClaimableKey>;

const ClaimableKeys = z.record(KeyName, ClaimableKey);
export type ClaimableKeys = z.output<typeof ClaimableKeys>;

/** What could not be asked, by server. */
const Failures = z.record(z.string(), JsonObject);
export type Failures = z.output<typeof Failures>;

export const uploadKeys = operation({
  method: 'POST',
  paths: clientPaths('/keys/upload'),
  auth: 'required',
  limit: 'write',
  summary: 'Publish the keys of a device',
  body: z.object({
    device_keys: DeviceKeys.optional(),
    one_time_keys: ClaimableKeys.optional(),
    fallback_keys: ClaimableKeys.optional(),
  }),
  answer: z.object({ one_time_key_counts: z.record(z.string(), z.int()) }),
});

export const queryKeys = operation({
  method: 'POST',
  paths: clientPaths('/keys/query'),
  auth: 'required',
  limit: 'read',
  summary: 'Read the keys of users and their devices',
  body: z.object({
    /** No devices: all of them. */
    device_keys: z.record(UserId, z.array(z.string())),
  }),
  answer: z.object({
    device_keys: z.record(z.string(), z.record(z.string(), JsonObject)),
    master_keys: z.record(z.string(), JsonObject),
    self_signing_keys: z.record(z.string(), JsonObject),
    user_signing_keys: z.record(z.string(), JsonObject),
    failures: Failures,
  }),
});

export const claimKeys = operation({
  method: 'POST',
  paths: clientPaths('/keys/claim'),
  auth: 'required',
  limit: 'write',
  summary: 'Take one-time keys of devices, each of which is given once',
  body: z.object({ one_time_keys: z.record(UserId, z.record(DeviceId, KeyAlgorithm)) }),
  answer: z.object({
    one_time_keys: z.record(z.string(), z.record(z.string(), ClaimableKeys)),
    failures: Failures,
  }),
});

export const keyChanges = operation({
  method: 'GET',
  paths: clientPaths('/keys/changes'),
  auth: 'required',
  limit: 'read',
  summary: 'Whose keys have changed between two tokens',
  query: z.object({ from: Token, to: Token }),
  answer: z.object({ changed: z.array(UserId), left: z.array(UserId) }),
});
