import { generateSigningSeed, type SigningKey, signingKeyFromSeed } from '@byline/core/event/signing-key.ts';
import type { ServerName } from '@byline/protocol';
import { readSecret } from './secret-file.ts';

const KEY_ID = 'ed25519:1';

/** The key by which this server signs its events: read from the data folder, or made there at the first start. */
export const readSigningKey = async (dataFolder: string, serverName: ServerName): Promise<SigningKey> =>
  signingKeyFromSeed(serverName, KEY_ID, await readSecret(dataFolder, 'signing.key', generateSigningSeed));
