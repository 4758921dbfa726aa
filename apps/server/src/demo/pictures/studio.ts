import sharp from 'sharp';
import { drawAll } from './gallery.ts';

/**
 * A process of its own that draws all pictures, sends them to the one that started it, and ends. The server's own
 * process has forbidden its picture library to read SVG, for everything and for good: people might send some.
 */
for (const [name, { svg, width, height }] of drawAll()) {
  const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 88, chromaSubsampling: '4:4:4' }).toBuffer();
  process.send?.({ name, width, height, bytes });
}
process.disconnect?.();
