import { fitted, NotAPicture, redrawn } from '../applications/picture.ts';
import type { Sendable } from './contents.ts';

/** No screen shows more, in pixels. */
const LONGEST_SIDE = 2560;
/** They may move or be partly transparent, and carry no place or camera, so they stay as they are. */
const KEPT_AS_THEY_ARE = ['image/gif', 'image/png', 'image/webp', 'image/avif'];

/** A file as it will be sent. A photograph is drawn anew: where it was taken is nobody's business. */
export async function sendableOf(file: File): Promise<Sendable> {
  const name = file.name || 'file';
  if (!file.type.startsWith('image/') || file.type === 'image/svg+xml') return { kind: 'file', file, name };
  try {
    const picture = KEPT_AS_THEY_ARE.includes(file.type) ? file : await redrawn(file, LONGEST_SIDE);
    const bitmap = await createImageBitmap(picture);
    const { width, height } = fitted(bitmap, LONGEST_SIDE);
    bitmap.close();
    return { kind: 'picture', file: picture, name, width, height };
  } catch (error) {
    if (error instanceof NotAPicture || error instanceof DOMException) return { kind: 'file', file, name };
    throw error;
  }
}

/** As large as a picture is shown among words, on a sharp screen, in pixels. */
const THUMBNAIL_SIDE = 800;
/** A file that is no larger than this is its own smaller copy, in bytes. */
const SMALL_FILE = 150_000;

/** A smaller copy of a picture, for a conversation whose pictures the server can't see; none of what is small or moves. */
export async function thumbnailOf(sendable: Sendable): Promise<Blob | undefined> {
  if (sendable.kind !== 'picture' || sendable.file.type === 'image/gif') return undefined;
  const { file, width, height } = sendable;
  if (file.size <= SMALL_FILE || Math.max(width, height) <= THUMBNAIL_SIDE) return undefined;
  return redrawn(file, THUMBNAIL_SIDE);
}
