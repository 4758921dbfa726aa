import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { qrCodeOf } from './qrCode.ts';

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);

/** Drawings that another encoder (Python's `qrcode`, level M, byte mode) made of the same bytes with the same mask. */
it.each([
  [1, 21, 'f4b4dae14bee874f'],
  [20, 25, '33fe8e98e54f2022'],
  [60, 33, 'afc18c6e7373c7e7'],
  [90, 41, '88c368bbad02dbc5'],
  [140, 49, 'ba8ad9648248e52e'],
  [170, 53, 'cc41d9e1a8cbe7b1'],
  [213, 57, '38db08e0f888a7f0'],
])('%i bytes make a code of %i modules a side', (length, size, drawing) => {
  const modules = qrCodeOf(bytes(length)).map((line) => line.map(Number).join(''));
  expect(modules.map((line) => line.length)).toEqual(modules.map(() => size));
  expect(createHash('sha256').update(modules.join('')).digest('hex').slice(0, 16)).toBe(drawing);
});

it('has no room for more than a version 10 holds', () => {
  expect(() => qrCodeOf(bytes(214))).toThrow(RangeError);
});
