import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BlobMissing, BlobTooLarge } from './blobs.ts';
import { DiskBlobs } from './disk.ts';

let folder = '';
let blobs: DiskBlobs;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'byline-blobs-'));
  blobs = await DiskBlobs.open(folder);
});

afterEach(() => rm(folder, { recursive: true }));

const files = async (): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

async function* inParts(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

async function* thenFails(part: Uint8Array): AsyncGenerator<Uint8Array> {
  yield part;
  throw new Error('the sender has gone');
}

const read = async (id: string, range?: { first: number; last: number }): Promise<Buffer> =>
  Buffer.concat(await (await blobs.open(id, range)).toArray());

test('keeps what it is given, whole and in part, also when it is opened again', async () => {
  const content = randomBytes(300_000);
  const { id, size, sha256 } = await blobs.put(inParts(content.subarray(0, 7), content.subarray(7)), 300_000);
  expect({ size, sha256 }).toEqual({
    size: 300_000,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  blobs = await DiskBlobs.open(folder);
  expect(await blobs.exists(id)).toBe(true);
  expect(content.equals(await read(id))).toBe(true);
  expect(content.subarray(100, 200).equals(await read(id, { first: 100, last: 199 }))).toBe(true);
  expect(await files()).toEqual([id]);
});

test('two blobs of one content are two', async () => {
  const put = () => blobs.put(inParts(Buffer.from('same')), 10);
  const [one, other] = await Promise.all([put(), put()]);
  expect(one.sha256).toBe(other.sha256);
  await blobs.delete(one.id);
  expect(await files()).toEqual([other.id]);
});

test('an empty blob is a blob', async () => {
  const { id, size } = await blobs.put(inParts(), 0);
  expect(size).toBe(0);
  expect(await read(id)).toEqual(Buffer.alloc(0));
});

test('leaves nothing behind when the limit is passed', async () => {
  const limit = blobs.put(inParts(Buffer.alloc(60), Buffer.alloc(41)), 100);
  await expect(limit).rejects.toBeInstanceOf(BlobTooLarge);
  expect(await files()).toEqual([]);
});

test('leaves nothing behind when the content fails', async () => {
  await expect(blobs.put(thenFails(Buffer.alloc(60)), 100)).rejects.toThrow('the sender has gone');
  expect(await files()).toEqual([]);
});

test('deletes at its start what a killed process left half written', async () => {
  await writeFile(join(folder, 'incoming', 'half'), 'half');
  await DiskBlobs.open(folder);
  expect(await files()).toEqual([]);
});

test('knows nothing of what was deleted, and deletes it again without a word', async () => {
  const { id } = await blobs.put(inParts(Buffer.from('gone')), 10);
  await blobs.delete(id);
  await blobs.delete(id);
  expect(await blobs.exists(id)).toBe(false);
  await expect(blobs.open(id)).rejects.toBeInstanceOf(BlobMissing);
});

test.each(['../../etc/passwd', '', 'incoming', `${'a'.repeat(31)}/`])('%j never becomes a path', async (id) => {
  await expect(blobs.open(id)).rejects.toBeInstanceOf(BlobMissing);
});
