import { describe, expect, test } from 'vitest';
import { areAlike, distanceOf, likenessOf, nearBands, type PictureLikeness } from './picture-likeness.ts';

const GREY = { red: 120, green: 120, blue: 120 };
const RED = { red: 230, green: 20, blue: 20 };

/** A row of nine pixels from a pattern of rises (1) and falls (0). */
const rows = (pattern: string): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: 8 }).flatMap(() => {
      let value = 100;
      return [value, ...Array.from(pattern, (bit) => (value += bit === '1' ? 5 : -5))];
    }),
  );

const flipped = ({ bands, colour }: PictureLikeness, bits: readonly number[]): PictureLikeness => {
  const changed = bands.map((band, index) =>
    bits.reduce((value, bit) => (Math.floor(bit / 16) === index ? value ^ (1 << (bit % 16)) : value), band),
  );
  const [first = 0, second = 0, third = 0, fourth = 0] = changed;
  return { bands: [first, second, third, fourth], colour };
};

describe('the likeness of a picture', () => {
  const picture = likenessOf(rows('10110010'), GREY);

  test('says where it grows brighter', () => {
    expect(picture.bands).toEqual([0xb2b2, 0xb2b2, 0xb2b2, 0xb2b2]);
    expect(likenessOf(new Uint8Array(72).fill(9), GREY).bands).toEqual([0, 0, 0, 0]);
    expect(() => likenessOf(new Uint8Array(71), GREY)).toThrow(RangeError);
  });

  test.each([
    [[], 0, true],
    [[0, 17, 33], 3, true],
    [[0, 1, 17, 18, 33, 50], 6, true],
    [[0, 1, 17, 18, 33, 50, 51], 7, false],
  ])('with the bits %j changed it is %i away: alike %s', (bits, distance, alike) => {
    const other = flipped(picture, bits);
    expect(distanceOf(picture, other)).toBe(distance);
    expect(areAlike(picture, other)).toBe(alike);
  });

  test('the colour counts only where the shape says little', () => {
    expect(areAlike(picture, { ...picture, colour: RED })).toBe(true);
    const plain = likenessOf(new Uint8Array(72), GREY);
    expect(areAlike(plain, { ...plain, colour: { ...GREY, red: 140 } })).toBe(true);
    expect(areAlike(plain, { ...plain, colour: RED })).toBe(false);
  });

  test('what differs in six bits, however they fall, has one band that is near', () => {
    for (const bits of [
      [0, 1, 2, 3, 4, 5],
      [0, 1, 16, 17, 32, 33],
      [0, 1, 16, 17, 32, 48],
      [15, 31, 47, 63, 14, 30],
    ]) {
      const other = flipped(picture, bits);
      const near = picture.bands.some((band, index) => nearBands(other.bands[index] ?? -1).includes(band));
      expect(near).toBe(true);
    }
    expect(new Set(nearBands(0xffff)).size).toBe(17);
  });
});
