import { codewordsOf } from './codewords.ts';

/** A QR code as rows of modules; true is dark. Without the quiet zone around it. */
export type Modules = readonly (readonly boolean[])[];

type Grid = (boolean | undefined)[][];

const ALIGNED = [
  [],
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
/** From which version on the code names its version. */
const NAMED_FROM = 7;

/** Which modules a mask turns over (ISO/IEC 18004, table 10). */
const MASKS: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/**
 * Draws bytes as a QR code (ISO/IEC 18004) in byte mode, with error correction M. Whoever compares devices shows one, and
 * its bytes are no text, so they have to come out exactly.
 * @throws RangeError for more than 213 bytes
 */
export function qrCodeOf(bytes: Uint8Array): Modules {
  const { version, bits } = codewordsOf(bytes);
  const frame = frameOf(version);
  const drawn = MASKS.map((isTurned, mask) => drawnWith(frame, bits, isTurned, mask));
  const penalties = drawn.map(penaltyOf);
  return drawn[penalties.indexOf(Math.min(...penalties))] ?? [];
}

/** What is the same whatever the code says; `undefined` where data goes. */
function frameOf(version: number): Grid {
  const size = 17 + 4 * version;
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => undefined));
  const set = (row: number, column: number, dark: boolean): void => {
    const line = grid[row];
    if (line !== undefined && column >= 0 && column < size) line[column] = dark;
  };
  for (let index = 0; index < size; index += 1) {
    set(6, index, index % 2 === 0);
    set(index, 6, index % 2 === 0);
  }
  const aligned = ALIGNED[version] ?? [];
  // Three corners have their own larger squares.
  const isCorner = (row: number, column: number): boolean =>
    [row, column].every((place) => place === 6 || place === size - 7) && (row === 6 || column === 6);
  for (const row of aligned) {
    for (const column of aligned) if (!isCorner(row, column)) drawRings(set, row, column, [true, false, true]);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawRings(set, row, column, [true, true, false, true, false]);
  // Held free for the format, and the one module that is always dark.
  for (let index = 0; index < 9; index += 1) {
    if (index !== 6) {
      set(8, index, false);
      set(index, 8, false);
    }
    if (index < 8) {
      set(8, size - 1 - index, false);
      set(size - 1 - index, 8, false);
    }
  }
  set(size - 8, 8, true);
  if (version >= NAMED_FROM) drawVersion(set, version, size);
  return grid;
}

type SetModule = (row: number, column: number, dark: boolean) => void;

/** Squares around a module, each a ring further out. */
function drawRings(set: SetModule, row: number, column: number, rings: readonly boolean[]): void {
  const reach = rings.length - 1;
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1)
      set(row + down, column + right, rings[Math.max(Math.abs(down), Math.abs(right))] ?? false);
  }
}

/** A number with the remainder that protects it. */
function protectedBits(value: number, generator: number, length: number): number {
  let rest = value;
  for (let step = 0; step < length; step += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * generator);
  return (value << length) | rest;
}

function drawVersion(set: SetModule, version: number, size: number): void {
  const name = protectedBits(version, 0x1f25, 12);
  for (let index = 0; index < 18; index += 1) {
    const [along, across] = [Math.floor(index / 3), size - 11 + (index % 3)];
    set(along, across, ((name >> index) & 1) === 1);
    set(across, along, ((name >> index) & 1) === 1);
  }
}

/** The two copies of what a reader needs first: the level, which is M (00), and the mask. */
function drawFormat(grid: boolean[][], mask: number): void {
  const size = grid.length;
  const format = protectedBits(mask, 0x537, 10) ^ 0x5412;
  const set = (row: number, column: number, index: number): void => {
    const line = grid[row];
    if (line !== undefined) line[column] = ((format >> index) & 1) === 1;
  };
  for (let index = 0; index < 15; index += 1) {
    if (index < 6) set(index, 8, index);
    else if (index < 8) set(index + 1, 8, index);
    else set(size - 15 + index, 8, index);
    if (index < 8) set(8, size - 1 - index, index);
    else if (index === 8) set(8, 7, index);
    else set(8, 14 - index, index);
  }
}

/** The frame with the data in it, from the lower right upwards and down again, two columns at a time. */
function drawnWith(
  frame: Grid,
  bits: readonly number[],
  isTurned: (row: number, column: number) => boolean,
  mask: number,
): boolean[][] {
  const size = frame.length;
  const drawn = frame.map((line) => line.map((dark) => dark ?? false));
  let next = 0;
  const place = (row: number, column: number): void => {
    const line = drawn[row];
    if (line === undefined || frame[row]?.[column] !== undefined) return;
    line[column] = (bits[next] === 1) !== isTurned(row, column);
    next += 1;
  };
  let isUpwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = isUpwards ? size - 1 - step : step;
      place(row, right);
      place(row, right - 1);
    }
    isUpwards = !isUpwards;
  }
  drawFormat(drawn, mask);
  return drawn;
}

const FINDER_LIKE = ['10111010000', '00001011101'];

/** How hard a drawing is to read; the mask with the least is taken (ISO/IEC 18004, 7.8.3). */
function penaltyOf(drawn: Modules): number {
  const columns = drawn.map((_, column) => drawn.map((line) => line[column] ?? false));
  const lines = [...drawn, ...columns].map((line) => line.map(Number).join(''));
  return sumOf(lines, linePenalty) + blockPenalty(drawn) + balancePenalty(lines.slice(0, drawn.length).join(''));
}

const sumOf = <Item>(items: readonly Item[], worth: (item: Item) => number): number =>
  items.reduce((total, item) => total + worth(item), 0);

function linePenalty(line: string): number {
  const runs = sumOf(line.match(/0{5,}|1{5,}/g) ?? [], ({ length }) => length - 2);
  const finders = sumOf(
    FINDER_LIKE,
    (pattern) => line.split(new RegExp(`(?=${pattern})`)).filter((part) => part.startsWith(pattern)).length,
  );
  return runs + 40 * finders;
}

function blockPenalty(drawn: Modules): number {
  return (
    3 *
    sumOf([...drawn.keys()].slice(1), (row) => {
      const [above = [], line = []] = [drawn[row - 1], drawn[row]];
      return line.filter(
        (dark, column) =>
          column > 0 && dark === line[column - 1] && dark === above[column] && dark === above[column - 1],
      ).length;
    })
  );
}

function balancePenalty(all: string): number {
  const dark = all.replaceAll('0', '').length / all.length;
  return 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
}
