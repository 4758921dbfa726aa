/** Reads a QR code as a camera's program does once it has found the modules: for codes that are drawn without a fault. */

type Row = readonly boolean[];
type Modules = readonly Row[];

/** Data codewords of each block at error correction M, by version (ISO/IEC 18004, table 9). */
const BLOCKS: Readonly<Record<number, readonly number[]>> = {
  6: [27, 27, 27, 27],
  7: [31, 31, 31, 31],
  8: [38, 38, 39, 39],
  9: [36, 36, 36, 37, 37],
  10: [43, 43, 43, 43, 44],
};
const ALIGNED: Readonly<Record<number, readonly number[]>> = {
  6: [6, 34],
  7: [6, 22, 38],
  8: [6, 24, 42],
  9: [6, 26, 46],
  10: [6, 28, 50],
};

const MASKS: readonly ((row: number, column: number) => number)[] = [
  (i, j) => (i + j) % 2,
  (i) => i % 2,
  (_, j) => j % 3,
  (i, j) => (i + j) % 3,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2,
  (i, j) => ((i * j) % 2) + ((i * j) % 3),
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2,
];

export function readQrCode(modules: Modules): Uint8ClampedArray {
  const size = modules.length;
  const version = (size - 17) / 4;
  const at = (row: number, column: number): boolean => modules[row]?.[column] ?? false;
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => Number(at(8, column))).join('');
  const mask = Number.parseInt(format.slice(2, 5), 2) ^ 0b101;
  const turns = MASKS[mask];
  const blocks = BLOCKS[version];
  if (turns === undefined || blocks === undefined) throw new Error(`no code of version ${version}`);

  const bits: number[] = [];
  let isUpwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = isUpwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (!isFrame(row, column, size, version)) bits.push(Number(at(row, column) !== (turns(row, column) === 0)));
      }
    }
    isUpwards = !isUpwards;
  }
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
    Number.parseInt(bits.slice(8 * index, 8 * index + 8).join(''), 2),
  );
  return bytesIn(inOrder(words, blocks), version);
}

/** What belongs to the code's frame and carries nothing. */
function isFrame(row: number, column: number, size: number, version: number): boolean {
  const far = size - 8;
  if (row === 6 || column === 6) return true;
  if (row < 9 && (column < 9 || column >= far)) return true;
  if (row >= far && column < 9) return true;
  if (version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11))) return true;
  const centres = ALIGNED[version] ?? [];
  return centres.some((down) =>
    centres.some((across) => {
      const isCorner =
        [down, across].every((place) => place === 6 || place === size - 7) && (down === 6 || across === 6);
      return !isCorner && Math.abs(row - down) <= 2 && Math.abs(column - across) <= 2;
    }),
  );
}

/** The data of each block, one block after the other. */
function inOrder(words: readonly number[], blocks: readonly number[]): readonly number[] {
  const cut: number[][] = blocks.map(() => []);
  let next = 0;
  for (let index = 0; index < Math.max(...blocks); index += 1) {
    blocks.forEach((length, block) => {
      if (index >= length) return;
      cut[block]?.push(words[next] ?? 0);
      next += 1;
    });
  }
  return cut.flat();
}

/** What stands in byte mode. */
function bytesIn(words: readonly number[], version: number): Uint8ClampedArray {
  const bits = words.map((word) => word.toString(2).padStart(8, '0')).join('');
  const start = 4 + (version < 10 ? 8 : 16);
  const length = Number.parseInt(bits.slice(4, start), 2);
  return Uint8ClampedArray.from({ length }, (_, index) =>
    Number.parseInt(bits.slice(start + 8 * index, start + 8 * index + 8), 2),
  );
}
