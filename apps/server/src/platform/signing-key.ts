import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSigningSeed, type SigningKey, signingKeyFromSeed } from '@byline/core/event/signing-key.ts';
import type { ServerName } from '@byline/protocol';

const KEY_ID = 'ed25519:1';

/** The key by which this server signs its events: read from the data folder, or made there at the first start. */
export const readSigningKey = async (dataFolder: string, serverName: ServerName): Promise<SigningKey> => {
  const path = join(dataFolder, 'signing.key');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const seed = await readSeed(path);
  return signingKeyFromSeed(serverName, KEY_ID, seed);
};

const readSeed = async (path: string): Promise<string> => {
  const made = generateSigningSeed();
  try {
    await writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return (await readFile(path, 'utf8')).trim();
  }
};
