import { ServerName } from '@byline/protocol';
import { downloadMedia, getThumbnail, MediaId } from '@byline/protocol/matrix/media.ts';
import type { Api } from '../api/api.ts';
import { ApiError } from '../api/errors.ts';
import type { Observable } from '../observable.ts';
import type { PictureSize } from '../posts/media-address.ts';
import { Resource, type Loaded } from '../resource.ts';
import { decryptFile, type EncryptedFile } from './encrypted-file.ts';

/** As many files as stay in memory while nobody looks at them. */
const MOST_IDLE = 120;
const LOCAL = 'mxc://local/';

interface Kept {
  readonly resource: Resource<string>;
  /** What shows it now. */
  watchers: number;
}

/**
 * Files of conversations. Only who is signed in may fetch them, so they come by a request with the token
 * and are shown by an address of this page.
 */
export class Media {
  readonly #api: Api;
  /** By what was asked for; least recently shown first. */
  readonly #kept = new Map<string, Kept>();
  /** Files that this device has itself, by their address. */
  readonly #own = new Map<string, Blob>();
  readonly #addresses = new WeakMap<Blob, string>();

  constructor(api: Api) {
    this.#api = api;
  }

  /**
   * The address of a file, or of a smaller copy of a picture, fetched when somebody shows it. Of one that is `sealed`
   * the server has no copy that could be shown: then it is the file itself.
   */
  address(mxc: string, wanted?: PictureSize, sealed?: EncryptedFile): Observable<Loaded<string>> {
    const size = sealed === undefined ? wanted : undefined;
    const key = size === undefined ? mxc : `${mxc} ${size.width}x${size.height} ${size.method}`;
    const kept = this.#kept.get(key) ?? this.#keep(key, mxc, size, sealed);
    return {
      get: kept.resource.get,
      subscribe: (listener) => {
        this.#watch(key, kept);
        const end = kept.resource.subscribe(listener);
        return () => {
          end();
          kept.watchers -= 1;
          this.#forgetIdle();
        };
      },
    };
  }

  /** The file itself, opened when it is `sealed`. Throws `ApiError`, `DamagedFile`. */
  async blob(mxc: string, sealed?: EncryptedFile): Promise<Blob> {
    const own = this.#own.get(mxc);
    if (own !== undefined) return own;
    const fetched = await this.#api.download(downloadMedia, { params: partsOf(mxc) });
    return sealed === undefined ? fetched : decryptFile(fetched, sealed);
  }

  /** Takes a file that this device has itself, so that it isn't fetched again. */
  remember(mxc: string, file: Blob): void {
    this.#own.set(mxc, file);
  }

  /** Gives a file that isn't uploaded yet an address like that of one that is. */
  showLocally(id: string, file: Blob): string {
    const mxc = `${LOCAL}${id.replaceAll(/[^\w-]/g, '_')}`;
    this.remember(mxc, file);
    return mxc;
  }

  #keep(key: string, mxc: string, size: PictureSize | undefined, sealed: EncryptedFile | undefined): Kept {
    const resource = new Resource(async () => this.#addressOf(await this.#fetched(mxc, size, sealed)));
    const kept = { resource, watchers: 0 };
    this.#kept.set(key, kept);
    return kept;
  }

  async #fetched(mxc: string, size: PictureSize | undefined, sealed: EncryptedFile | undefined): Promise<Blob> {
    const own = this.#own.get(mxc);
    if (own !== undefined || size === undefined) return own ?? this.blob(mxc, sealed);
    const { width, height, method } = size;
    const query = { width: String(width), height: String(height), method };
    return this.#api.download(getThumbnail, { params: partsOf(mxc), query });
  }

  /** One address for one file, so that nothing is drawn anew when it gets another name. */
  #addressOf(file: Blob): string {
    const known = this.#addresses.get(file);
    if (known !== undefined) return known;
    const address = URL.createObjectURL(file);
    this.#addresses.set(file, address);
    return address;
  }

  #watch(key: string, kept: Kept): void {
    kept.watchers += 1;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    // What could not be had a while ago may be there now.
    if (kept.resource.get().state === 'failed') void kept.resource.reload();
  }

  #forgetIdle(): void {
    const idle = [...this.#kept].filter(([, { watchers }]) => watchers === 0);
    for (const [key, { resource }] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      this.#kept.delete(key);
      const { value } = resource.get();
      const isOwn = [...this.#own.values()].some((file) => this.#addresses.get(file) === value);
      if (value !== undefined && !isOwn) URL.revokeObjectURL(value);
    }
  }
}

function partsOf(mxc: string): { serverName: string; mediaId: string } {
  const [, serverName, mediaId] = /^mxc:\/\/([^/]+)\/([^/]+)$/.exec(mxc) ?? [];
  const isValid = ServerName.safeParse(serverName).success && MediaId.safeParse(mediaId).success;
  if (!isValid || serverName === undefined || mediaId === undefined)
    throw new ApiError('M_NOT_FOUND', 'This is no address of a file.');
  return { serverName, mediaId };
}
