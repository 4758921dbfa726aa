import { createHash, randomBytes } from 'node:crypto';
import { access, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type BlobId, BlobMissing, type Blobs, BlobTooLarge, type ByteRange, type StoredBlob } from './blobs.ts';

const ID_BYTES = 16;
const BLOB_ID = /^[0-9a-f]{32}$/;
const SHARDS = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));

/**
 * Keeps blobs as files of one folder, in 256 folders by the first two digits of their id.
 * A blob is written into `incoming`, synced, and then moved into its place, so that a file in its place is always whole.
 */
export class DiskBlobs implements Blobs {
  readonly #folder: string;
  readonly #incoming: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  /** Opens the folder, makes it if need be, and deletes what a killed process left half written. */
  static async open(folder: string): Promise<DiskBlobs> {
    const blobs = new DiskBlobs(folder);
    await rm(blobs.#incoming, { recursive: true, force: true });
    await mkdir(blobs.#incoming, { recursive: true, mode: 0o700 });
    await Promise.all(SHARDS.map((shard) => mkdir(join(folder, shard), { recursive: true, mode: 0o700 })));
    await syncFolder(folder);
    return blobs;
  }

  async put(content: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBlob> {
    const id = randomBytes(ID_BYTES).toString('hex');
    const incoming = join(this.#incoming, id);
    try {
      const written = await writeDurably(incoming, content, limit);
      await rename(incoming, this.#pathOf(id));
      await syncFolder(this.#shardOf(id));
      return { id, ...written };
    } catch (error) {
      await Promise.all([incoming, this.#pathOf(id)].map((path) => rm(path, { force: true })));
      throw error;
    }
  }

  async open(id: BlobId, range?: ByteRange): Promise<Readable> {
    const file = await openExisting(this.#pathOf(id));
    return file.createReadStream(range === undefined ? {} : { start: range.first, end: range.last });
  }

  async exists(id: BlobId): Promise<boolean> {
    try {
      await access(this.#pathOf(id));
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async *list(): AsyncGenerator<readonly { readonly id: BlobId; readonly since: number }[]> {
    for (const shard of SHARDS) {
      const ids = (await readdir(join(this.#folder, shard))).filter((name) => BLOB_ID.test(name));
      const listed = await Promise.all(ids.map(async (id) => ({ id, since: await writtenAt(this.#pathOf(id)) })));
      yield listed.flatMap(({ id, since }) => (since === undefined ? [] : [{ id, since }]));
    }
  }

  async delete(id: BlobId): Promise<void> {
    await rm(this.#pathOf(id), { force: true });
  }

  #shardOf(id: BlobId): string {
    // An id is part of a path: one that this store did not make must never get there.
    if (!BLOB_ID.test(id)) throw new BlobMissing('That is not an id of a blob on disk.');
    return join(this.#folder, id.slice(0, 2));
  }

  #pathOf(id: BlobId): string {
    return join(this.#shardOf(id), id);
  }
}

type Written = Omit<StoredBlob, 'id'>;

const writeDurably = async (path: string, content: AsyncIterable<Uint8Array>, limit: number): Promise<Written> => {
  const file = await open(path, 'wx', 0o600);
  try {
    const written = await writeAll(file, content, limit);
    await file.sync();
    return written;
  } finally {
    await file.close();
  }
};

const writeAll = async (file: FileHandle, content: AsyncIterable<Uint8Array>, limit: number): Promise<Written> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of content) {
    size += chunk.byteLength;
    if (size > limit) throw new BlobTooLarge(`The content has more than ${limit} bytes.`);
    hash.update(chunk);
    await file.appendFile(chunk);
  }
  return { size, sha256: hash.digest('hex') };
};

const openExisting = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path);
  } catch (error) {
    throw isMissing(error) ? new BlobMissing('There is no such blob.') : error;
  }
};

/** `undefined`: it was deleted meanwhile. */
const writtenAt = async (path: string): Promise<number | undefined> => {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** A renamed file is durable only when the folder that names it is. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
