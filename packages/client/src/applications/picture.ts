/** Why a file can't be used as a picture. */
export class NotAPicture extends Error {
  override readonly name = 'NotAPicture';
}

/** How large a picture of `width` × `height` becomes so that no side is longer than `longest`; never larger than it is. */
export function fitted(
  { width, height }: { readonly width: number; readonly height: number },
  longest: number,
): { readonly width: number; readonly height: number } {
  const share = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * The same picture as a JPEG of which no side is longer than `longest`, drawn anew: where and by what it was taken, which
 * cameras write into their files, is no longer in it.
 *
 * @throws NotAPicture
 */
export async function redrawn(file: Blob, longest: number): Promise<Blob> {
  const picture = await decoded(file);
  const { width, height } = fitted(picture, longest);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new NotAPicture('This browser can not draw pictures.');
  // What was transparent would become black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

async function decoded(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new NotAPicture('This file holds no picture that this browser can read.');
  }
}
