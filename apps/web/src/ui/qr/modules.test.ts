import { decodeQR } from 'qr/decode.js';
import { expect, it } from 'vitest';
import { type Modules, modulesOf } from './modules.ts';

const SCALE = 4;
const BYTES_A_PIXEL = 4;

/** The code as a camera would see it, if cameras saw so well. */
const pictureOf = (modules: Modules) => {
  const side = modules.length * SCALE;
  const data = new Uint8Array(side * side * BYTES_A_PIXEL).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dark = modules[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] === true;
      if (dark) data.fill(0, (y * side + x) * BYTES_A_PIXEL, (y * side + x) * BYTES_A_PIXEL + 3);
    }
  }
  return { width: side, height: side, data };
};

it.each([1, 20, 90, 151, 300])('what a reader reads of %i bytes are these bytes', (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
  const read: number[] = [];
  const textDecoder = (part: Uint8Array): string => {
    read.push(...part);
    return '';
  };
  decodeQR(pictureOf(modulesOf(bytes)), { textDecoder });
  expect(read).toEqual([...bytes]);
});
