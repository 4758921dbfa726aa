import type { UserId } from '@byline/protocol';
import { MediaId } from '@byline/protocol/matrix/media.ts';
import type { Kysely } from 'kysely';
import type { BlobId } from '../../platform/blobs/blobs.ts';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { ThumbnailSize } from './thumbnail-size.ts';

/** What is known of an uploaded file. */
export interface MediaRecord {
  readonly mediaId: MediaId;
  readonly blobId: BlobId;
  /** In bytes. */
  readonly size: number;
  readonly sha256: string;
  /** As the uploader claims. */
  readonly contentType: string;
  readonly fileName: string | undefined;
  readonly uploader: UserId;
  readonly uploadedAt: number;
  readonly isPublic: boolean;
}

/** A smaller copy that was made of a picture. */
export interface ThumbnailRecord {
  readonly blobId: BlobId;
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
}

/** An address that was given out before its file. */
export interface CreatedMedia {
  readonly mediaId: MediaId;
  readonly creator: UserId;
  readonly expiresAt: number;
}

/** What became of a file that was to be added. */
export type Added = 'added' | 'over the quota' | 'taken';

type MediaTables = {
  media_created: { media_id: string; creator: string; expires_at: number };
  media: {
    media_id: string;
    blob_id: string;
    size: number;
    sha256: string;
    content_type: string;
    file_name: string | null;
    uploader: string;
    uploaded_at: number;
    is_public: number;
  };
  media_thumbnails: {
    media_id: string;
    width: number;
    height: number;
    method: string;
    animated: number;
    blob_id: string;
    size: number;
    sha256: string;
    content_type: string;
  };
};

/** What is known of uploaded files; their bytes are blobs. */
export class MediaStore {
  readonly #reader: Kysely<MediaTables>;

  constructor(reader: Reader) {
    this.#reader = tablesOf(reader);
  }

  async find(mediaId: MediaId): Promise<MediaRecord | undefined> {
    const row = await this.#reader.selectFrom('media').selectAll().where('media_id', '=', mediaId).executeTakeFirst();
    return row === undefined ? undefined : recordOf(row);
  }

  /** How many bytes somebody has uploaded since a time. */
  async uploadedSince(uploader: UserId, since: number): Promise<number> {
    return uploadedSince(this.#reader, uploader, since);
  }

  /** Adds a file unless its uploader has then uploaded more than `most` bytes since a time, or its id has a file. */
  async addWithin(writer: Writer, record: MediaRecord, since: number, most: number): Promise<Added> {
    const tables = tablesOf(writer);
    const before = await uploadedSince(tables, record.uploader, since);
    if (before + record.size > most) return 'over the quota';
    const { numInsertedOrUpdatedRows = 0n } = await tables
      .insertInto('media')
      .values(rowOf(record))
      .onConflict((conflict) => conflict.column('media_id').doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return 'taken';
    await tables.deleteFrom('media_created').where('media_id', '=', record.mediaId).execute();
    return 'added';
  }

  async findCreated(mediaId: MediaId): Promise<CreatedMedia | undefined> {
    const row = await this.#reader
      .selectFrom('media_created')
      .selectAll()
      .where('media_id', '=', mediaId)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { mediaId, creator: row.creator as UserId, expiresAt: row.expires_at };
  }

  /**
   * Gives out an address, unless its creator has so many that are not used and not expired. When the first of those
   * expires, or `undefined` when it was added.
   */
  async addCreated(writer: Writer, created: CreatedMedia, now: number, most: number): Promise<number | undefined> {
    const tables = tablesOf(writer);
    const { creator } = created;
    const unused = await tables
      .selectFrom('media_created')
      .select('expires_at')
      .where('creator', '=', creator)
      .where('expires_at', '>', now)
      .orderBy('expires_at')
      .execute();
    if (unused.length >= most) return unused[0]?.expires_at;
    await tables
      .insertInto('media_created')
      .values({ media_id: created.mediaId, creator, expires_at: created.expiresAt })
      .execute();
    return undefined;
  }

  /** Takes back the addresses that were not used by then. */
  async removeExpired(writer: Writer, before: number): Promise<void> {
    await tablesOf(writer).deleteFrom('media_created').where('expires_at', '<', before).execute();
  }

  /** Those of the blobs to which a row points. */
  async known(blobIds: readonly BlobId[]): Promise<ReadonlySet<BlobId>> {
    const found = await Promise.all(
      (['media', 'media_thumbnails'] as const).map((table) =>
        this.#reader.selectFrom(table).select('blob_id').where('blob_id', 'in', blobIds).execute(),
      ),
    );
    return new Set(found.flat().map((row) => row.blob_id));
  }

  async findThumbnail(mediaId: MediaId, size: ThumbnailSize): Promise<ThumbnailRecord | undefined> {
    const row = await this.#reader
      .selectFrom('media_thumbnails')
      .selectAll()
      .where('media_id', '=', mediaId)
      .where('width', '=', size.width)
      .where('height', '=', size.height)
      .where('method', '=', size.method)
      .where('animated', '=', size.animated ? 1 : 0)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { blobId: row.blob_id, size: row.size, sha256: row.sha256, contentType: row.content_type };
  }

  /** Adds a thumbnail, unless there is one of that size already. Tells whether it was added. */
  async addThumbnail(writer: Writer, mediaId: MediaId, size: ThumbnailSize, made: ThumbnailRecord): Promise<boolean> {
    const { numInsertedOrUpdatedRows = 0n } = await tablesOf(writer)
      .insertInto('media_thumbnails')
      .values({
        media_id: mediaId,
        width: size.width,
        height: size.height,
        method: size.method,
        animated: size.animated ? 1 : 0,
        blob_id: made.blobId,
        size: made.size,
        sha256: made.sha256,
        content_type: made.contentType,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows > 0n;
  }

  /** Sets who may read some files. Returns those that are here. */
  async setPublic(writer: Writer, mediaIds: readonly MediaId[], isPublic: boolean): Promise<MediaId[]> {
    const rows = await tablesOf(writer)
      .updateTable('media')
      .set({ is_public: isPublic ? 1 : 0 })
      .where('media_id', 'in', mediaIds)
      .returning('media_id')
      .execute();
    return rows.map((row) => MediaId.parse(row.media_id));
  }
}

const tablesOf = (database: Reader | Writer): Kysely<MediaTables> => database.withTables<MediaTables>();

const uploadedSince = async (tables: Kysely<MediaTables>, uploader: UserId, since: number): Promise<number> => {
  const { total } = await tables
    .selectFrom('media')
    .select((eb) => eb.fn.sum('size').as('total'))
    .where('uploader', '=', uploader)
    .where('uploaded_at', '>', since)
    .executeTakeFirstOrThrow();
  // PostgreSQL adds 64-bit integers up to a decimal, which it hands over as text.
  return Number(total ?? 0);
};

const rowOf = (record: MediaRecord): MediaTables['media'] => ({
  media_id: record.mediaId,
  blob_id: record.blobId,
  size: record.size,
  sha256: record.sha256,
  content_type: record.contentType,
  file_name: record.fileName ?? null,
  uploader: record.uploader,
  uploaded_at: record.uploadedAt,
  is_public: record.isPublic ? 1 : 0,
});

const recordOf = (row: MediaTables['media']): MediaRecord => ({
  mediaId: row.media_id as MediaId,
  blobId: row.blob_id,
  size: row.size,
  sha256: row.sha256,
  contentType: row.content_type,
  fileName: row.file_name ?? undefined,
  uploader: row.uploader as UserId,
  uploadedAt: row.uploaded_at,
  isPublic: row.is_public === 1,
});
