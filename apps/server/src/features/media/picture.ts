import { DomainError } from '@byline/protocol';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { ThumbnailSize } from './thumbnail-size.ts';

/** A smaller copy of a picture; `undefined` where the picture itself is small enough already. */
export interface Thumbnail {
  readonly contentType: string;
  readonly bytes: Buffer | undefined;
}

/** More is not decoded: it would take seconds of a core, whatever the file's size. The largest phones make 200. */
const MOST_PIXELS = 100_000_000;
const LONGEST_SECONDS = 10;
const QUALITY = 80;

/** What people's cameras and programs make. Everything else that libvips can read (SVG, PDF, …) is only a way to attack it. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'];

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });
// One thread for each picture and no cache: how much runs at once is decided by the turnstile alone.
sharp.concurrency(1);
sharp.cache(false);

/** Formats that a browser shows and that have no moving kind hidden in them: these may stand for themselves. */
const STILL_TYPES: Readonly<Record<string, string>> = { jpeg: 'image/jpeg', webp: 'image/webp' };

/**
 * Makes a picture smaller. It is never made larger; nothing but pixels is kept, so no place or name in its metadata.
 * Of a moving picture it is the first frame.
 *
 * @throws DomainError `M_UNKNOWN` for what is no picture or a broken one, `M_TOO_LARGE` for one of too many pixels.
 */
export const makeThumbnail = async (picture: Buffer, size: ThumbnailSize): Promise<Thumbnail> => {
  const metadata = await readMetadata(picture);
  if (metadata.width * metadata.height > MOST_PIXELS) {
    throw new DomainError('M_TOO_LARGE', 'This picture has too many pixels to be made smaller here.');
  }
  const own = ownTypeOf(metadata, size);
  if (own !== undefined) return { contentType: own, bytes: undefined };
  return draw(picture, size, metadata.hasAlpha);
};

const readMetadata = async (picture: Buffer): Promise<Metadata> => {
  try {
    return await sharp(picture, { limitInputPixels: false }).metadata();
  } catch {
    // Not silent: whatever the decoder stumbled over, the one who asked is told.
    throw notAPicture();
  }
};

/** The type of a picture that can be its own thumbnail; `undefined` where a copy must be made. */
const ownTypeOf = (
  { format, width, height, pages, orientation }: Metadata,
  size: ThumbnailSize,
): string | undefined => {
  const moves = pages !== undefined && pages > 1;
  const turned = orientation !== undefined && orientation > 1;
  const small = width <= size.width && height <= size.height;
  return small && !moves && !turned ? STILL_TYPES[format] : undefined;
};

const draw = async (picture: Buffer, size: ThumbnailSize, transparent: boolean): Promise<Thumbnail> => {
  const resized = sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false })
    .timeout({ seconds: LONGEST_SECONDS })
    .autoOrient()
    .resize({
      width: size.width,
      height: size.height,
      fit: size.method === 'crop' ? 'cover' : 'inside',
      withoutEnlargement: true,
    });
  const encoded = transparent ? resized.webp({ quality: QUALITY }) : resized.jpeg({ quality: QUALITY });
  return { contentType: transparent ? 'image/webp' : 'image/jpeg', bytes: await render(encoded) };
};

const render = async (picture: Sharp): Promise<Buffer> => {
  try {
    return await picture.toBuffer();
  } catch {
    throw notAPicture();
  }
};

const notAPicture = (): DomainError =>
  new DomainError('M_UNKNOWN', 'This file is no picture that can be made smaller, or it is broken.');
