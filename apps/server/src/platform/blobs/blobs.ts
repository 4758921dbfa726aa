import type { Readable } from 'node:stream';

/** Names a blob. Made by the store at random; it says nothing of the content. */
export type BlobId = string;

/** Both ends are offsets in bytes, and both belong to the range. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export interface StoredBlob {
  readonly id: BlobId;
  /** In bytes. */
  readonly size: number;
  /** Of the whole content, in hexadecimal. */
  readonly sha256: string;
}

/** Where bytes are kept that are too many for the database. A blob is whole and durable, or it is not there; it never changes. */
export interface Blobs {
  /**
   * Keeps what `content` gives. Throws `BlobTooLarge` after more than `limit` bytes, and whatever `content` throws;
   * then nothing is kept. It stops iterating at once, so content that must outlive that must be an iterator that does.
   */
  put(content: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBlob>;
  /** Opens a blob, or a part of it, for reading. Throws `BlobMissing`. Who opens it must read it to its end or destroy it. */
  open(id: BlobId, range?: ByteRange): Promise<Readable>;
  exists(id: BlobId): Promise<boolean>;
  /** All blobs that are in their places, a few at a time, and since when, in milliseconds since the epoch. */
  list(): AsyncIterable<readonly { readonly id: BlobId; readonly since: number }[]>;
  /** Deletes a blob; one that is not there is no error. Who reads it at that moment reads on. */
  delete(id: BlobId): Promise<void>;
}

/** The content is longer than it may be. */
export class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge';
}

/** There is no such blob. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}
