import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { makeMovingThumbnail, makeThumbnail } from './picture.ts';
import type { ThumbnailSize } from './thumbnail-size.ts';

const SCALE: ThumbnailSize = { width: 320, height: 240, method: 'scale', animated: false };
const CROP: ThumbnailSize = { width: 96, height: 96, method: 'crop', animated: false };

/** Noise, so that nothing can be guessed from a plain colour. */
const picture = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: '#888' } });

const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#888' } });

const sizeOf = async (bytes: Buffer | undefined) => {
  const { format, width, height, exif, pages } = await sharp(bytes).metadata();
  return { format, width, height, exif, pages };
};

test.each([
  ['a wide picture lies whole inside the box', 800, 200, SCALE, 320, 80],
  ['a high picture lies whole inside the box', 200, 960, SCALE, 50, 240],
  ['a cut picture fills the box', 800, 200, CROP, 96, 96],
  ['a picture is never made larger', 50, 40, SCALE, 50, 40],
  ['nor where it is cut', 500, 40, CROP, 96, 40],
])('%s', async (_what, width, height, box, thumbnailWidth, thumbnailHeight) => {
  const { contentType, bytes } = await makeThumbnail(await picture(width, height).png().toBuffer(), box);
  expect(contentType).toBe('image/jpeg');
  expect(await sizeOf(bytes)).toMatchObject({ format: 'jpeg', width: thumbnailWidth, height: thumbnailHeight });
});

test('what is transparent stays so', async () => {
  const transparent = sharp({ create: { width: 640, height: 480, channels: 4, background: '#ff000080' } });
  const { contentType, bytes } = await makeThumbnail(await transparent.png().toBuffer(), SCALE);
  expect(contentType).toBe('image/webp');
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', hasAlpha: true, width: 320 });
});

test('a picture that lies on its side is set upright, and its metadata goes', async () => {
  const place = { IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' } };
  const taken = await picture(800, 400).withExif(place).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect((await sizeOf(taken)).exif).toBeDefined();
  const { bytes } = await makeThumbnail(taken, SCALE);
  expect(await sizeOf(bytes)).toMatchObject({ width: 120, height: 240, exif: undefined });
});

test.each(['avif', 'tiff', 'gif', 'webp', 'jpeg', 'png'] as const)('cameras and programs make %s', async (format) => {
  const { bytes } = await makeThumbnail(await plain(640, 480).toFormat(format).toBuffer(), SCALE);
  expect(await sizeOf(bytes)).toMatchObject({ width: 320, height: 240 });
});

test('a small still JPEG is its own thumbnail, under its real type', async () => {
  const small = await picture(100, 100).jpeg().toBuffer();
  expect(await makeThumbnail(small, SCALE)).toEqual({ contentType: 'image/jpeg', bytes: undefined });
});

test('of a moving picture one frame is left, even when it is small', async () => {
  const frames = await Promise.all([1, 2, 3].map(() => picture(60, 60).png().toBuffer()));
  for (const moving of [
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
    await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer(),
  ]) {
    expect(await sizeOf(moving)).toMatchObject({ pages: 3 });
    const { bytes } = await makeThumbnail(moving, SCALE);
    expect(await sizeOf(bytes)).toMatchObject({ width: 60, height: 60, pages: undefined });
  }
});

const coloured = (width: number, height: number, index: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: (index * 70) % 256, g: 128, b: 64 } } });

const movie = async (frames: number, width: number, height: number) => {
  const pictures = await Promise.all(
    Array.from({ length: frames }, (_, index) => coloured(width, height, index).png().toBuffer()),
  );
  return sharp(pictures, { join: { animated: true } });
};

test.each(['gif', 'webp'] as const)(
  'a moving %s stays moving where that is wanted, in its own time',
  async (format) => {
    const moving = await (await movie(3, 640, 480))[format]({ delay: [100, 200, 300], loop: 2 }).toBuffer();
    const { contentType, bytes } = (await makeMovingThumbnail(moving, SCALE)) ?? {};
    expect(contentType).toBe('image/webp');
    const { width, pageHeight, pages, delay, loop } = await sharp(bytes, { animated: true }).metadata();
    expect({ width, pageHeight, pages, delay, loop }).toEqual({
      width: 320,
      pageHeight: 240,
      pages: 3,
      delay: [100, 200, 300],
      loop: 2,
    });
    expect((await sizeOf((await makeMovingThumbnail(moving, CROP))?.bytes)).pages).toBe(3);
    expect((await sizeOf((await makeThumbnail(moving, SCALE)).bytes)).pages).toBeUndefined();
  },
);

test('a small moving picture is its own moving thumbnail', async () => {
  const small = await (await movie(2, 60, 60)).gif().toBuffer();
  expect(await makeMovingThumbnail(small, SCALE)).toEqual({ contentType: 'image/gif', bytes: undefined });
});

test('what does not move, or has too many frames, can make no moving one', async () => {
  expect(await makeMovingThumbnail(await picture(640, 480).png().toBuffer(), SCALE)).toBeUndefined();
  expect(await makeMovingThumbnail(await (await movie(301, 4, 4)).gif().toBuffer(), SCALE)).toBeUndefined();
});

test.each([
  ['text', Buffer.from('hello')],
  ['nothing', Buffer.alloc(0)],
  [
    'SVG',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'),
  ],
  ['PDF', Buffer.from('%PDF-1.4\n%âãÏÓ\n')],
])('%s is no picture', async (_what, bytes) => {
  await expect(makeThumbnail(bytes, SCALE)).rejects.toMatchObject({ code: 'M_UNKNOWN' });
});

test('a picture that is cut off is broken', async () => {
  const whole = await picture(800, 600).png().toBuffer();
  await expect(makeThumbnail(whole.subarray(0, whole.length / 2), SCALE)).rejects.toMatchObject({ code: 'M_UNKNOWN' });
});

test('a bomb of 65,535 by 65,535 pixels in few bytes is not decoded', async () => {
  await expect(makeThumbnail(bomb(65_535, 65_535), SCALE)).rejects.toMatchObject({ code: 'M_TOO_LARGE' });
});

/** A PNG that promises more pixels than it has. */
const bomb = (width: number, height: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(width + 1))),
    chunk('IEND', Buffer.of()),
  ];
  return Buffer.concat([signature, ...chunks]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
};
