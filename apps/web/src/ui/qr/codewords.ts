import { errorCorrection } from './galois.ts';

/** How the data of a version is cut, at error correction level M (ISO/IEC 18004, table 9). */
interface Version {
  readonly number: number;
  /** Error correction codewords of each block. */
  readonly correction: number;
  /** Data codewords of each block. */
  readonly blocks: readonly number[];
}

const blocks = (count: number, size: number): readonly number[] => Array.from({ length: count }, () => size);

const VERSIONS: readonly Version[] = [
  { number: 1, correction: 10, blocks: [16] },
  { number: 2, correction: 16, blocks: [28] },
  { number: 3, correction: 26, blocks: [44] },
  { number: 4, correction: 18, blocks: blocks(2, 32) },
  { number: 5, correction: 24, blocks: blocks(2, 43) },
  { number: 6, correction: 16, blocks: blocks(4, 27) },
  { number: 7, correction: 18, blocks: blocks(4, 31) },
  { number: 8, correction: 22, blocks: [...blocks(2, 38), ...blocks(2, 39)] },
  { number: 9, correction: 22, blocks: [...blocks(3, 36), ...blocks(2, 37)] },
  { number: 10, correction: 26, blocks: [...blocks(4, 43), 44] },
];

const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const lengthBits = (version: number): number => (version < 10 ? 8 : 16);

/** The bits of a number, the highest first. */
const bitsOf = (value: number, length: number): number[] =>
  Array.from({ length }, (_, index) => (value >> (length - 1 - index)) & 1);

/** The smallest version that has room for so many bytes. Throws `RangeError` when none has. */
function versionFor(length: number): Version {
  const found = VERSIONS.find((version) => 4 + lengthBits(version.number) + 8 * length <= 8 * sum(version.blocks));
  if (found === undefined) throw new RangeError(`A QR code of version 10 has no room for ${length} bytes.`);
  return found;
}

/** What a QR code carries, in the order in which it is drawn. */
export interface Codewords {
  readonly version: number;
  readonly bits: readonly number[];
}

/** Bytes as the codewords of a QR code, with their error correction. Throws `RangeError` for more than 213 bytes. */
export function codewordsOf(bytes: Uint8Array): Codewords {
  const version = versionFor(bytes.length);
  const data = padded(
    [
      ...bitsOf(BYTE_MODE, 4),
      ...bitsOf(bytes.length, lengthBits(version.number)),
      ...[...bytes].flatMap((byte) => bitsOf(byte, 8)),
    ],
    sum(version.blocks),
  );
  const cut = cutInto(data, version.blocks);
  const corrections = cut.map((block) => errorCorrection(block, version.correction));
  const words = [...inTurns(cut), ...inTurns(corrections)];
  return { version: version.number, bits: words.flatMap((word) => bitsOf(word, 8)) };
}

/** The bits as bytes, filled up to `length`. */
function padded(bits: readonly number[], length: number): Uint8Array {
  const room = 8 * length - bits.length;
  const ended = [...bits, ...bitsOf(0, Math.min(4, room))];
  const whole = [...ended, ...bitsOf(0, (8 - (ended.length % 8)) % 8)];
  return Uint8Array.from({ length }, (_, index) => {
    const start = 8 * index;
    if (start >= whole.length) return PADDING[(index - whole.length / 8) % 2] ?? 0;
    return whole.slice(start, start + 8).reduce((byte, bit) => 2 * byte + bit, 0);
  });
}

function cutInto(data: Uint8Array, sizes: readonly number[]): readonly Uint8Array[] {
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return data.subarray(start - size, start);
  });
}

/** The first of each, then the second of each, so that a stain takes little of each block. */
function inTurns(lists: readonly Uint8Array[]): readonly number[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => index).flatMap((index) =>
    lists.flatMap((list) => list[index] ?? []),
  );
}
