import { type MxcUri, ServerName } from '@byline/protocol';
import { serveMedia } from '@byline/server/features/media/routes.ts';
import { Media, type MediaLimits } from '@byline/server/features/media/service.ts';
import { MediaStore } from '@byline/server/features/media/store.ts';
import { DiskBlobs } from '@byline/server/platform/blobs/disk.ts';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureServer } from './feature-server.ts';

export const LIMITS: MediaLimits = { upload: 100_000, uploadsOfADay: 250_000 };
export const UPLOAD = '/_matrix/media/v3/upload';

/** The content repository on the bare platform, and a caller of it. */
export class MediaServer {
  readonly platform: FeatureServer;
  readonly media: Media;
  readonly store: MediaStore;
  readonly blobs: DiskBlobs;
  readonly url: string;

  private constructor(platform: FeatureServer, store: MediaStore, blobs: DiskBlobs, media: Media, url: string) {
    this.platform = platform;
    this.store = store;
    this.blobs = blobs;
    this.media = media;
    this.url = url;
  }

  static async start(platform: FeatureServer): Promise<MediaServer> {
    const store = new MediaStore(platform.engine.reader);
    const blobs = await DiskBlobs.open(join(platform.dataFolder, 'media'));
    const media = new Media({
      store,
      blobs,
      log: platform.log,
      clock: platform.clock,
      serverName: ServerName.parse('byline.test'),
      limits: LIMITS,
    });
    serveMedia(platform.edge, media);
    return new MediaServer(platform, store, blobs, media, await platform.listen());
  }

  /** Stops it, and starts it again on the same data. */
  async restart(): Promise<MediaServer> {
    await this.platform.stop();
    return MediaServer.start(await this.platform.restart());
  }

  /** A call by a signed-in user. */
  fetch(path: string, init: RequestInit = {}, user = 'ada'): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${user}`);
    return fetch(`${this.url}${path}`, { ...init, headers });
  }

  post(body: string | Uint8Array<ArrayBuffer>, type = 'text/plain', query = '', user = 'ada'): Promise<Response> {
    return this.fetch(`${UPLOAD}${query}`, { method: 'POST', body, headers: { 'content-type': type } }, user);
  }

  /** The URI of an upload that must succeed. */
  async upload(...parameters: Parameters<MediaServer['post']>): Promise<MxcUri> {
    const response = await this.post(...parameters);
    if (!response.ok) throw new Error(`The upload was refused: ${await response.text()}`);
    return ((await response.json()) as { content_uri: MxcUri }).content_uri;
  }

  download(mxc: string, init: RequestInit = {}): Promise<Response> {
    return this.fetch(`/_matrix/client/v1/media/download/${pathOf(mxc)}`, init, 'bob');
  }

  thumbnail(mxc: string, query: string): Promise<Response> {
    return this.fetch(`/_matrix/client/v1/media/thumbnail/${pathOf(mxc)}?${query}`, {}, 'bob');
  }

  /** What anyone can read. */
  open(mxc: string, query = ''): Promise<Response> {
    return fetch(`${this.url}/_byline/v1/media/${mxc.slice(mxc.lastIndexOf('/') + 1)}${query}`);
  }

  /** The names of all files that it keeps, whole or in the making. */
  async files(): Promise<string[]> {
    const folder = join(this.platform.dataFolder, 'media');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  }
}

/** The path that an mxc URI has under an endpoint. */
export const pathOf = (mxc: string): string => mxc.replace('mxc://', '');

/** The status and the error code of a refusal. */
export const refusalOf = async (response: Response): Promise<readonly [number, string]> => {
  const { errcode } = (await response.json()) as { errcode: string };
  return [response.status, errcode];
};
