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
/** Of all frames of a moving one together, and how many frames those may be. */
const MOST_MOVING_PIXELS = 50_000_000;
const MOST_FRAMES = 300;
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

/** The same of those that move. */
const MOVING_TYPES: Readonly<Record<string, string>> = { gif: 'image/gif', webp: 'image/webp' };

/**
 * Makes a picture smaller. It is never made larger; nothing but pixels is kept, so no place or name in its metadata.
 * Of a moving picture it is the first frame.
 *
 * @throws DomainError `M_UNKNOWN` for what is no picture or a broken one, `M_TOO_LARGE` for one of too many pixels.
 */
export const makeThumbnail = async (picture: Buffer, size: ThumbnailSize): Promise<Thumbnail> => {
  const metadata = await readMetadata(picture);
  const own = ownTypeOf(metadata, size);
  if (own !== undefined) return { contentType: own, bytes: undefined };
  return draw(picture, size, metadata.hasAlpha);
};

/** The same of all frames of a moving picture; `undefined` where it does not move, or has too many frames for it. */
export const makeMovingThumbnail = async (picture: Buffer, size: ThumbnailSize): Promise<Thumbnail | undefined> => {
  const metadata = await readMetadata(picture);
  if (!canMove(metadata)) return undefined;
  const own = ownMovingTypeOf(metadata, size);
  return own === undefined ? drawMoving(picture, size) : { contentType: own, bytes: undefined };
};

/** Throws what both throw. */
const readMetadata = async (picture: Buffer): Promise<Metadata> => {
  const metadata = await decoded(() => sharp(picture, { limitInputPixels: false }).metadata());
  if (metadata.width * metadata.height > MOST_PIXELS) {
    throw new DomainError('M_TOO_LARGE', 'This picture has too many pixels to be made smaller here.');
  }
  return metadata;
};

const canMove = ({ format, width, height, pageHeight, pages = 1 }: Metadata): boolean =>
  format in MOVING_TYPES &&
  pages > 1 &&
  pages <= MOST_FRAMES &&
  width * (pageHeight ?? height) * pages <= MOST_MOVING_PIXELS;

const ownMovingTypeOf = ({ format, width, height, pageHeight }: Metadata, size: ThumbnailSize): string | undefined =>
  width <= size.width && (pageHeight ?? height) <= size.height ? MOVING_TYPES[format] : undefined;

const drawMoving = async (picture: Buffer, size: ThumbnailSize): Promise<Thumbnail> => {
  const moving = sharp(picture, { limitInputPixels: MOST_MOVING_PIXELS, failOn: 'error', animated: true });
  const resized = resize(moving.timeout({ seconds: LONGEST_SECONDS }), size);
  // Little effort: of many frames much would take a core for long.
  return {
    contentType: 'image/webp',
    bytes: await decoded(() => resized.webp({ quality: QUALITY, effort: 1 }).toBuffer()),
  };
};

const resize = (picture: Sharp, { width, height, method }: ThumbnailSize): Sharp =>
  picture.resize({ width, height, fit: method === 'crop' ? 'cover' : 'inside', withoutEnlargement: true });

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
  const still = sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: 'error', animated: false });
  const resized = resize(still.timeout({ seconds: LONGEST_SECONDS }).autoOrient(), size);
  const encoded = transparent ? resized.webp({ quality: QUALITY }) : resized.jpeg({ quality: QUALITY });
  return { contentType: transparent ? 'image/webp' : 'image/jpeg', bytes: await decoded(() => encoded.toBuffer()) };
};

const decoded = async <Result>(decode: () => Promise<Result>): Promise<Result> => {
  try {
    return await decode();
  } catch {
    // Not silent: whatever the decoder stumbled over, the one who asked is told.
    throw notAPicture();
  }
};

const notAPicture = (): DomainError =>
  new DomainError('M_UNKNOWN', 'This file is no picture that can be made smaller, or it is broken.');
