import type { Blobs } from '../../platform/blobs/blobs.ts';
import type { Log } from '../../platform/log/log.ts';
import { makeMovingThumbnail, makeThumbnail } from './picture.ts';
import type { MediaRecord, MediaStore, ThumbnailRecord } from './store.ts';
import { sizeFor, type ThumbnailSize } from './thumbnail-size.ts';
import { Turnstile } from './turnstile.ts';

const AT_ONCE = 2;
const MAY_WAIT = 200;

/** The smaller copies of pictures: each is made when it is first asked for, once, and then kept. */
export class Thumbnails {
  readonly #store: MediaStore;
  readonly #blobs: Blobs;
  readonly #log: Log;
  readonly #turnstile = new Turnstile(AT_ONCE, MAY_WAIT);
  readonly #underway = new Map<string, Promise<ThumbnailRecord | undefined>>();

  constructor(store: MediaStore, blobs: Blobs, log: Log) {
    this.#store = store;
    this.#blobs = blobs;
    this.#log = log;
  }

  /**
   * A copy of a picture that is at least as large as wanted, if the picture is.
   *
   * @throws DomainError `M_UNKNOWN` for what is no picture, `M_TOO_LARGE` for one of too many pixels,
   *   `M_LIMIT_EXCEEDED` when the server has too many to make.
   */
  async get(media: MediaRecord, wanted: ThumbnailSize): Promise<ThumbnailRecord> {
    const size = sizeFor(wanted);
    const made = (await this.#store.findThumbnail(media.mediaId, size)) ?? (await this.#makeOnce(media, size));
    return made ?? this.#stillInstead(media, size);
  }

  /** Of what does not move: the one that stands still, which is remembered as the answer to this question too. */
  async #stillInstead(media: MediaRecord, size: ThumbnailSize): Promise<ThumbnailRecord> {
    const still = await this.get(media, { ...size, animated: false });
    await this.#add(media, size, still);
    return still;
  }

  async #makeOnce(media: MediaRecord, size: ThumbnailSize): Promise<ThumbnailRecord | undefined> {
    const key = `${media.mediaId} ${size.width} ${size.height} ${size.method} ${size.animated}`;
    const underway = this.#underway.get(key);
    if (underway !== undefined) return underway;
    const making = this.#turnstile.run(() => this.#make(media, size)).finally(() => this.#underway.delete(key));
    this.#underway.set(key, making);
    return making;
  }

  /** `undefined`: it was to move, and can't. */
  async #make(media: MediaRecord, size: ThumbnailSize): Promise<ThumbnailRecord | undefined> {
    const picture = Buffer.concat(await (await this.#blobs.open(media.blobId)).toArray());
    const thumbnail = await (size.animated ? makeMovingThumbnail : makeThumbnail)(picture, size);
    if (thumbnail === undefined) return undefined;
    const { contentType, bytes } = thumbnail;
    if (bytes === undefined) return this.#keep(media, size, { ...media, contentType });
    const { id: blobId, ...blob } = await this.#blobs.put(once(bytes), bytes.byteLength);
    return this.#keep(media, size, { blobId, ...blob, contentType });
  }

  /** Another process may have made the same meanwhile; then its copy counts, and this one goes. */
  async #keep(media: MediaRecord, size: ThumbnailSize, made: ThumbnailRecord): Promise<ThumbnailRecord> {
    let added = false;
    try {
      added = await this.#add(media, size, made);
    } finally {
      if (!added && made.blobId !== media.blobId) await this.#blobs.delete(made.blobId);
    }
    return added ? made : ((await this.#store.findThumbnail(media.mediaId, size)) ?? made);
  }

  #add(media: MediaRecord, size: ThumbnailSize, made: ThumbnailRecord): Promise<boolean> {
    return this.#log.append((batch) =>
      batch.atOnce((writer) => this.#store.addThumbnail(writer, media.mediaId, size, made)),
    );
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
