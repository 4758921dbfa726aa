import { DomainError, MxcUri, ServerName, type UserId } from '@byline/protocol';
import { MediaId } from '@byline/protocol/matrix/media.ts';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { type BlobId, type Blobs, BlobTooLarge, type ByteRange, type StoredBlob } from '../../platform/blobs/blobs.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Patience } from './arrivals.ts';
import { CreatedMedia, newMediaId, taken } from './created-media.ts';
import type { Added, MediaRecord, MediaStore, ThumbnailRecord } from './store.ts';
import { Sweep } from './sweep.ts';
import type { ThumbnailSize } from './thumbnail-size.ts';
import { Thumbnails } from './thumbnails.ts';

export type { ThumbnailSize } from './thumbnail-size.ts';

/** How much may be uploaded, in bytes. */
export interface MediaLimits {
  /** One file. */
  readonly upload: number;
  /** All files of one user in 24 hours. */
  readonly uploadsOfADay: number;
}

const MIB = 1024 * 1024;
const MEDIA_LIMITS: MediaLimits = { upload: 50 * MIB, uploadsOfADay: 1024 * MIB };

/** A file that somebody sends. */
export interface Upload {
  readonly content: AsyncIterable<Uint8Array>;
  /** How long the sender says it is, in bytes. */
  readonly announcedSize: number | undefined;
  readonly contentType: string | undefined;
  readonly fileName: string | undefined;
}

/** A file, or a thumbnail, that can be read. */
export interface MediaFile {
  /** Claimed by the uploader; of a thumbnail it is the real one. */
  readonly contentType: string;
  readonly fileName: string | undefined;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** Who opens it must read it to its end or destroy it. */
  readonly open: (range?: ByteRange) => Promise<Readable>;
}

const A_DAY = 24 * 60 * 60 * 1_000;
const LONGEST_CONTENT_TYPE = 255;
const UNKNOWN_CONTENT_TYPE = 'application/octet-stream';

/** The content repository (specification, client-server API: "Content repository"). */
export class Media {
  readonly limits: MediaLimits;
  readonly #store: MediaStore;
  readonly #blobs: Blobs;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #serverName: ServerName;
  readonly #thumbnails: Thumbnails;
  readonly #created: CreatedMedia;
  readonly #sweep: Sweep;

  constructor(parts: {
    readonly store: MediaStore;
    readonly blobs: Blobs;
    readonly log: Log;
    readonly clock: Clock;
    readonly serverName: ServerName;
    readonly limits?: MediaLimits;
  }) {
    this.limits = parts.limits ?? MEDIA_LIMITS;
    this.#store = parts.store;
    this.#blobs = parts.blobs;
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#serverName = parts.serverName;
    this.#thumbnails = new Thumbnails(parts.store, parts.blobs, parts.log);
    this.#created = new CreatedMedia(parts);
    this.#sweep = new Sweep(parts);
  }

  /**
   * Keeps a file. When this fails, for whatever reason, nothing of it is kept.
   *
   * @throws DomainError `M_TOO_LARGE` for a file over the limit, `M_FORBIDDEN` when the user has uploaded enough for a day.
   */
  async upload(uploader: UserId, upload: Upload): Promise<MxcUri> {
    return this.#keep(uploader, newMediaId(), upload);
  }

  /** Gives the address of a file that is uploaded later, and until when it may be. Throws `M_LIMIT_EXCEEDED`. */
  async create(userId: UserId): Promise<{ readonly mxc: MxcUri; readonly expiresAt: number }> {
    const { mediaId, expiresAt } = await this.#created.create(userId);
    return { mxc: this.#mxcOf(mediaId), expiresAt };
  }

  /**
   * Keeps a file under an address that was given out before.
   *
   * @throws DomainError what `upload` throws, and `M_NOT_FOUND`, `M_FORBIDDEN`, `M_CANNOT_OVERWRITE_MEDIA` for an address
   *   that is not open to the user
   */
  async uploadTo(userId: UserId, serverName: ServerName, mediaId: MediaId, upload: Upload): Promise<void> {
    if (serverName !== this.#serverName) throw notFound();
    await this.#created.requireOpen(userId, mediaId);
    await this.#keep(userId, mediaId, upload);
    this.#created.arrived(mediaId);
  }

  /** Has `sweep` done now and then for as long as the server runs. */
  startSweeping(logger: Logger): void {
    this.#sweep.start(
      () => this.sweep(),
      (error) => logger.error({ err: error }, 'sweeping the media failed'),
    );
  }

  /** Deletes blobs that belong to nothing, and forgets addresses that were not used in time; the ids of those blobs. */
  async sweep(): Promise<readonly BlobId[]> {
    await this.#created.removeExpired();
    return this.#sweep.run();
  }

  stopSweeping(): Promise<void> {
    return this.#sweep.stop();
  }

  async #keep(uploader: UserId, mediaId: MediaId, upload: Upload): Promise<MxcUri> {
    const since = this.#clock.now() - A_DAY;
    const left = this.limits.uploadsOfADay - (await this.#store.uploadedSince(uploader, since));
    this.#requireToFit(upload.announcedSize ?? 0, left);
    const blob = await this.#put(upload.content, left);
    const record = this.#recordOf(uploader, mediaId, upload, blob);
    let added: Added | undefined;
    try {
      added = await this.#add(record, since);
    } finally {
      if (added !== 'added') await this.#blobs.delete(blob.id);
    }
    if (added === 'taken') throw taken();
    if (added === 'over the quota') throw enoughForToday();
    return this.#mxcOf(mediaId);
  }

  #mxcOf(mediaId: MediaId): MxcUri {
    return MxcUri.parse(`mxc://${this.#serverName}/${mediaId}`);
  }

  /** A file; one that is still to be uploaded is waited for. Throws `M_NOT_FOUND`, `M_NOT_YET_UPLOADED`. */
  async read(serverName: ServerName, mediaId: MediaId, patience: Patience): Promise<MediaFile> {
    return this.#fileOf(await this.#await(serverName, mediaId, patience));
  }

  /** A smaller copy of a picture. Throws as `read`, and what `Thumbnails.get` throws. */
  async readThumbnail(
    serverName: ServerName,
    mediaId: MediaId,
    wanted: ThumbnailSize,
    patience: Patience,
  ): Promise<MediaFile> {
    return this.#thumbnailOf(await this.#await(serverName, mediaId, patience), wanted);
  }

  /** A file that belongs to something public. Throws `M_NOT_FOUND`, also for one that is not public. */
  async openPublic(mediaId: MediaId): Promise<MediaFile> {
    return this.#fileOf(await this.#requirePublic(mediaId));
  }

  /** A smaller copy of a public picture. Throws `M_NOT_FOUND`, and what `Thumbnails.get` throws. */
  async openPublicThumbnail(mediaId: MediaId, wanted: ThumbnailSize): Promise<MediaFile> {
    return this.#thumbnailOf(await this.#requirePublic(mediaId), wanted);
  }

  /**
   * Throws unless somebody may make these files public: their own, or what is public already. Otherwise a file that was
   * shown in confidence could be published by whoever has seen it. Throws `M_NOT_FOUND`, `M_FORBIDDEN`.
   */
  async requirePublishable(userId: UserId, mxcs: readonly MxcUri[]): Promise<void> {
    for (const mxc of mxcs) {
      const { serverName, mediaId } = partsOf(mxc);
      const { uploader, isPublic } = await this.#require(serverName, mediaId);
      if (uploader !== userId && !isPublic) throw notYours();
    }
  }

  /** Lets everyone read some files, as part of what `batch` decides: they are to be published. Throws `M_NOT_FOUND`. */
  async markPublic(batch: Batch, mxcs: readonly MxcUri[]): Promise<void> {
    return this.#setPublic(batch, mxcs, true);
  }

  /** Takes back `markPublic`: nothing public shows them any more. Throws `M_NOT_FOUND`. */
  async markPrivate(batch: Batch, mxcs: readonly MxcUri[]): Promise<void> {
    return this.#setPublic(batch, mxcs, false);
  }

  async #setPublic(batch: Batch, mxcs: readonly MxcUri[], isPublic: boolean): Promise<void> {
    const wanted = new Set(mxcs.map((mxc) => this.#ownId(mxc)));
    if (wanted.size === 0) return;
    const found = await batch.atOnce((writer) => this.#store.setPublic(writer, [...wanted], isPublic));
    if (found.length < wanted.size) throw notFound();
  }

  #ownId(mxc: MxcUri): MediaId {
    const { serverName, mediaId } = partsOf(mxc);
    if (serverName !== this.#serverName) throw notFound();
    return mediaId;
  }

  async #put(content: AsyncIterable<Uint8Array>, left: number): Promise<StoredBlob> {
    try {
      return await this.#blobs.put(content, Math.min(this.limits.upload, left));
    } catch (error) {
      if (!(error instanceof BlobTooLarge)) throw error;
      throw left < this.limits.upload ? enoughForToday() : this.#tooLarge();
    }
  }

  /** In the log's transaction, where uploads come one after the other, so that several can't pass the quota together. */
  #add(record: MediaRecord, since: number): Promise<Added> {
    return this.#log.append((batch) =>
      batch.atOnce((writer) => this.#store.addWithin(writer, record, since, this.limits.uploadsOfADay)),
    );
  }

  #requireToFit(size: number, left: number): void {
    if (size > this.limits.upload) throw this.#tooLarge();
    if (size > left || left <= 0) throw enoughForToday();
  }

  #tooLarge(): DomainError {
    const mebibytes = Math.floor(this.limits.upload / MIB);
    return new DomainError('M_TOO_LARGE', `This file is too large. A file may have at most ${mebibytes} MiB.`);
  }

  #recordOf(
    uploader: UserId,
    mediaId: MediaId,
    { contentType, fileName }: Upload,
    { id, size, sha256 }: StoredBlob,
  ): MediaRecord {
    return {
      mediaId,
      blobId: id,
      size,
      sha256,
      contentType: contentTypeOf(contentType),
      fileName,
      uploader,
      uploadedAt: this.#clock.now(),
      isPublic: false,
    };
  }

  async #await(serverName: ServerName, mediaId: MediaId, patience: Patience): Promise<MediaRecord> {
    const there = serverName === this.#serverName ? await this.#store.find(mediaId) : undefined;
    if (there !== undefined) return there;
    if (serverName === this.#serverName) await this.#created.waitFor(mediaId, patience);
    return this.#require(serverName, mediaId);
  }

  async #require(serverName: ServerName, mediaId: MediaId): Promise<MediaRecord> {
    const record = serverName === this.#serverName ? await this.#store.find(mediaId) : undefined;
    if (record === undefined) throw notFound();
    return record;
  }

  async #requirePublic(mediaId: MediaId): Promise<MediaRecord> {
    const record = await this.#require(this.#serverName, mediaId);
    if (!record.isPublic) throw notFound();
    return record;
  }

  async #thumbnailOf(record: MediaRecord, wanted: ThumbnailSize): Promise<MediaFile> {
    return this.#fileOf({ ...(await this.#thumbnails.get(record, wanted)), fileName: undefined });
  }

  #fileOf({ blobId, contentType, fileName, size, sha256 }: ThumbnailRecord & Pick<MediaRecord, 'fileName'>): MediaFile {
    return { contentType, fileName, size, sha256, open: (range) => this.#blobs.open(blobId, range) };
  }
}

const partsOf = (mxc: MxcUri) => {
  const { host, pathname } = new URL(mxc);
  return { serverName: ServerName.parse(host), mediaId: MediaId.parse(pathname.slice(1)) };
};

/** Kept as it was claimed, because the specification asks for it back; what a browser may do with it the headers decide. */
const contentTypeOf = (claimed: string | undefined): string =>
  claimed === undefined || claimed === '' || claimed.length > LONGEST_CONTENT_TYPE ? UNKNOWN_CONTENT_TYPE : claimed;

const notFound = (): DomainError => new DomainError('M_NOT_FOUND', 'There is no such file here.');

const notYours = (): DomainError =>
  new DomainError('M_FORBIDDEN', 'You can publish only files that you have uploaded yourself.');

const enoughForToday = (): DomainError =>
  new DomainError('M_FORBIDDEN', 'You have uploaded as much as one may in a day. Please try again tomorrow.');
