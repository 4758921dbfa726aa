import { getPublicMedia } from '@byline/protocol/byline/public-media.ts';
import { pathOf } from '../api/request.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
  /** `scale` keeps the whole picture, `crop` fills the size. */
  readonly method: 'scale' | 'crop';
}

/** Where a file that was published can be fetched by anybody; with a size, a smaller copy of a picture. */
export function publicMediaPath(mxc: string, size?: PictureSize): string | undefined {
  const mediaId = /^mxc:\/\/[^/]+\/([\w-]+)$/.exec(mxc)?.[1];
  if (mediaId === undefined) return undefined;
  return pathOf(getPublicMedia, { params: { mediaId }, query: size });
}
