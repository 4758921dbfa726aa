import type { ThumbnailMethod } from '@byline/protocol/matrix/media.ts';

/**
 * A box in pixels, and how a picture is put into it: cut to fill it (`crop`), or whole inside it (`scale`); and whether the
 * copy may move, if the picture does.
 */
export interface ThumbnailSize {
  readonly width: number;
  readonly height: number;
  readonly method: ThumbnailMethod;
  readonly animated: boolean;
}

/** The only sizes that are made, smallest first of each method, so that nobody can have thousands made of one picture. */
const SIZES: readonly Omit<ThumbnailSize, 'animated'>[] = [
  { width: 32, height: 32, method: 'crop' },
  { width: 96, height: 96, method: 'crop' },
  { width: 256, height: 256, method: 'crop' },
  { width: 640, height: 640, method: 'crop' },
  { width: 320, height: 240, method: 'scale' },
  { width: 640, height: 480, method: 'scale' },
  { width: 800, height: 600, method: 'scale' },
  { width: 1_600, height: 1_200, method: 'scale' },
  { width: 4_096, height: 4_096, method: 'scale' },
];

/**
 * The smallest size that is nowhere smaller than what is wanted; the largest one for who wants more
 * (specification, client-server API: "Thumbnails").
 */
export const sizeFor = (wanted: ThumbnailSize): ThumbnailSize => {
  const sizes = SIZES.filter(({ method }) => method === wanted.method);
  const covering = sizes.find(({ width, height }) => width >= wanted.width && height >= wanted.height);
  // NOTSPEC: beyond the largest size a thumbnail is smaller than asked for; the whole picture can be downloaded.
  return { ...(covering ?? sizes.at(-1) ?? wanted), animated: wanted.animated };
};
