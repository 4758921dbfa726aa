import { lockKey } from '@byline/core/sealing/key-file.ts';
import { bytes, Lock, unlockBytes } from '@byline/core/sealing/passphrase-lock.ts';
import type { SealingKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violations } from './accessibility.ts';
import type { Key } from './applying.ts';
import { overflow } from './site.ts';
import type { Visit } from './site.ts';

export const PASSPHRASE = 'correct horse battery staple';

/** The browser reports every refusal, also those that are part of the way. */
const EXPECTED = /status of 4\d\d/;

/** Accessible, within the screen, and without complaint. */
export async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints.filter((complaint) => !EXPECTED.test(complaint))).toEqual([]);
}

/** Opens a case from the desk, by what it is called there. */
export const openCase = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name: new RegExp(name) }).click();

/** Saves a key as reviewers keep it: in a file under a passphrase. */
export async function saveKeyFile(pair: SealingKeyPair, passphrase: string): Promise<Key> {
  const file = join(await mkdtemp(join(tmpdir(), 'byline-key-')), 'key.json');
  await writeFile(file, await lockKey(pair, passphrase));
  return { file, passphrase };
}

const LockedFile = Lock.extend({ locked_key: bytes }).loose();

/** What of a key nobody but who keeps its file may ever have: the passphrase, and the private half, locked and open. */
export async function secretsOf({ file, passphrase }: Key): Promise<readonly string[]> {
  const { locked_key: locked, ...header } = LockedFile.parse(JSON.parse(await readFile(file, 'utf8')));
  const open = Buffer.from(await unlockBytes(header, locked, passphrase));
  return [passphrase, locked, ...(['base64url', 'base64', 'hex'] as const).map((form) => open.toString(form))];
}
