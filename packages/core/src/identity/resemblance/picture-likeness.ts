/** Of the picture from which a likeness is made: grey, one byte a pixel, row after row. */
export const GREY_WIDTH = 9;
export const GREY_HEIGHT = 8;

export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** What a picture looks like, whatever its size and its format. */
export interface PictureLikeness {
  /** Where it grows brighter from left to right: 64 bits in four parts of 16, the highest bit first. */
  readonly bands: readonly [number, number, number, number];
  /** The mean of all pixels, each from 0 to 255. */
  readonly colour: Colour;
}

const BAND_BITS = 16;
/** Of 64 bits. */
const MOST_DISTANCE = 6;
/** Fewer bits than this, or more than all without it, say too little of a picture's shape: its colour must be alike too. */
const FEWEST_TELLING_BITS = 8;
/** Of the three colours together, each 0 to 255. */
const MOST_COLOUR_DISTANCE = 96;

/** The difference hash of a picture of 9 by 8 grey pixels. Throws `RangeError` for any other number. */
export const likenessOf = (grey: Uint8Array, colour: Colour): PictureLikeness => {
  if (grey.length !== GREY_WIDTH * GREY_HEIGHT) throw new RangeError('A likeness is made of 9 by 8 pixels.');
  const bits = Array.from({ length: 64 }, (_, bit) => {
    const place = Math.floor(bit / 8) * GREY_WIDTH + (bit % 8);
    return (grey[place + 1] ?? 0) > (grey[place] ?? 0) ? 1 : 0;
  });
  const band = (index: number): number =>
    bits.slice(index * BAND_BITS, (index + 1) * BAND_BITS).reduce<number>((value, bit) => value * 2 + bit, 0);
  return { bands: [band(0), band(1), band(2), band(3)], colour };
};

/** In how many of 64 bits two pictures differ. */
export const distanceOf = (one: PictureLikeness, other: PictureLikeness): number =>
  one.bands.reduce((sum, band, index) => sum + ones(band ^ (other.bands[index] ?? 0)), 0);

/** Whether two pictures can be taken for each other. */
export const areAlike = (one: PictureLikeness, other: PictureLikeness): boolean => {
  if (distanceOf(one, other) > MOST_DISTANCE) return false;
  return (isTelling(one) && isTelling(other)) || colourDistance(one.colour, other.colour) <= MOST_COLOUR_DISTANCE;
};

/**
 * A band and all that differ from it in one bit. Two pictures that differ in at most six bits have, in one of their four
 * bands, at most one of them.
 */
export const nearBands = (band: number): number[] => [
  band,
  ...Array.from({ length: BAND_BITS }, (_, bit) => band ^ (1 << bit)),
];

const isTelling = ({ bands }: PictureLikeness): boolean => {
  const set = bands.reduce((sum, band) => sum + ones(band), 0);
  return set >= FEWEST_TELLING_BITS && set <= 64 - FEWEST_TELLING_BITS;
};

const colourDistance = (one: Colour, other: Colour): number =>
  Math.abs(one.red - other.red) + Math.abs(one.green - other.green) + Math.abs(one.blue - other.blue);

const ones = (value: number): number => value.toString(2).replaceAll('0', '').length;
