import { describeKeyFile, lockKey } from '@byline/core/sealing/key-file.ts';
import { createKeyPair, fingerprintOf, type SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { registerReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { KeyId } from '@byline/protocol/byline/sealed.ts';
import { open, readFile, rm } from 'node:fs/promises';

/** What went wrong, for the person at the terminal. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The public half of a key. */
export interface PublicHalf extends Pick<SealingKeyPair, 'kid' | 'publicKey'> {
  readonly fingerprint: string;
}

/**
 * Makes a key and writes its file, which nobody else on this machine may read. The private half is nowhere else.
 *
 * @throws CommandError when there is such a file; SealingError `weak-passphrase`
 */
export const makeKeyFile = async (path: string, askForPassphrase: () => Promise<string>): Promise<PublicHalf> => {
  const file = await create(path);
  try {
    const pair = await createKeyPair();
    await file.writeFile(await lockKey(pair, await askForPassphrase()));
    await file.sync();
    await file.close();
    return { kid: pair.kid, publicKey: pair.publicKey, fingerprint: await fingerprintOf(pair.publicKey) };
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
};

/** The public half of the key in a file. Throws CommandError when there is none; SealingError `not-a-key-file`. */
export const readKeyFile = async (path: string): Promise<PublicHalf> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`The file ${path} could not be read.`, { cause });
  });
  const { kid, publicKey } = describeKeyFile(text);
  return { kid: KeyId.parse(kid), publicKey, fingerprint: await fingerprintOf(publicKey) };
};

/** Registers a public key at a server. Throws CommandError with what the server says. */
export const registerKey = async (url: string, token: string, { kid, publicKey }: PublicHalf): Promise<void> => {
  const [path] = registerReviewersKey.paths;
  const address = URL.parse(path, url);
  if (address === null) throw new CommandError(`"${url}" is no address of a server.`);
  const response = await fetch(address, {
    method: registerReviewersKey.method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kid, public_key: publicKey }),
  }).catch((cause: unknown) => {
    throw new CommandError(`The server at ${url} could not be reached. The key file is as it was.`, { cause });
  });
  if (response.ok) return;
  const answer = (await response.json().catch(() => ({}))) as { readonly error?: string };
  throw new CommandError(`The server did not register the key: ${answer.error ?? response.status}`);
};

const create = async (path: string) => {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new CommandError(`There is a file ${path} already. Nothing was changed; please name another with --file.`);
  }
};
