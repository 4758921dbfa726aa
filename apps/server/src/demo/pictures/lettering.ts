import { group, path } from './shapes.ts';

/**
 * A hand that letters with a round brush. A machine may have no fonts at all, so the letters are lines of our own:
 * 4 units wide, capitals from 0 (top) to 6 (base).
 */
const LETTERS: Readonly<Record<string, string>> = {
  A: 'M0 6L2 0L4 6M.8 4H3.2',
  B: 'M0 0V6M0 0H2.2Q3.6 0 3.6 1.4T2.2 2.8H0M2.2 2.8Q4 2.8 4 4.4T2.2 6H0',
  C: 'M4 1Q3.3 0 2.1 0Q0 0 0 3T2.1 6Q3.3 6 4 5',
  D: 'M0 0V6H1.6Q4 6 4 3T1.6 0Z',
  E: 'M3.8 0H0V6H3.8M0 2.9H3',
  F: 'M3.8 0H0V6M0 2.9H3',
  G: 'M4 1Q3.3 0 2.1 0Q0 0 0 3T2.1 6Q4 6 4 3.4H2.4',
  H: 'M0 0V6M4 0V6M0 3H4',
  I: 'M.6 0V6',
  J: 'M3.4 0V4.2Q3.4 6 1.8 6T.2 4.4',
  K: 'M0 0V6M3.8 0L0 3.6M1.4 2.4L4 6',
  L: 'M0 0V6H3.6',
  M: 'M0 6V0L2 3.6L4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M2 0Q4 0 4 3T2 6Q0 6 0 3T2 0Z',
  P: 'M0 6V0H2.2Q4 0 4 1.7T2.2 3.4H0',
  Q: 'M2 0Q4 0 4 3T2 6Q0 6 0 3T2 0ZM2.6 4.6L4 6.2',
  R: 'M0 6V0H2.2Q4 0 4 1.6T2.2 3.2H0M2 3.2L4 6',
  S: 'M3.8 1Q3.2 0 2 0Q.2 0 .2 1.5T2 3Q4 3.1 4 4.5T2 6Q.6 6 0 4.9',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4Q0 6 2 6T4 4V0',
  V: 'M0 0L2 6L4 0',
  W: 'M0 0L1 6L2 2.4L3 6L4 0',
  X: 'M0 0L4 6M4 0L0 6',
  Y: 'M0 0L2 3L4 0M2 3V6',
  Z: 'M0 0H4L0 6H4',
  0: 'M2 0Q4 0 4 3T2 6Q0 6 0 3T2 0Z',
  1: 'M.8 1.2L2.2 0V6',
  2: 'M.2 1.4Q.4 0 2 0T3.8 1.6Q3.8 2.8 0 6H4',
  3: 'M.2 .8Q1 0 2 0Q3.7 0 3.7 1.4T1.6 2.8Q4 2.8 4 4.4T2 6Q.6 6 0 5',
  4: 'M3 6V0L0 4.2H4',
  5: 'M3.6 0H.6L.3 2.6Q1 2.2 2 2.2Q4 2.2 4 4T2 6Q.6 6 0 5.1',
  6: 'M3.6 .6Q3 0 2.2 0Q0 0 0 3.4Q0 6 2 6T4 4.2T2.1 2.5Q.6 2.5 0 3.6',
  7: 'M0 0H4L1.6 6',
  8: 'M2 0Q3.7 0 3.7 1.4T2 2.8Q.3 2.8 .3 1.4T2 0ZM2 2.8Q4 2.8 4 4.4T2 6Q0 6 0 4.4T2 2.8Z',
  9: 'M.4 5.4Q1 6 1.8 6Q4 6 4 2.6Q4 0 2 0T0 1.8T1.9 3.5Q3.4 3.5 4 2.4',
  '.': 'M.6 5.9V6',
  ',': 'M.8 5.6Q.9 6.4 .3 7',
  ':': 'M.6 2.2V2.3M.6 5.2V5.3',
  '-': 'M.4 3.2H2.6',
  '/': 'M0 6.4L2.4 -.4',
  '+': 'M.2 3.2H3.4M1.8 1.6V4.8',
  "'": 'M.6 0V1.4',
  '°': 'M1 0Q1.9 0 1.9 .9T1 1.8T.1 .9T1 0Z',
};

const WIDTHS: Readonly<Record<string, number>> = {
  ' ': 2.6,
  '.': 1.2,
  ',': 1.2,
  ':': 1.2,
  "'": 1.2,
  '-': 3,
  '/': 2.4,
  '°': 2,
  I: 1.2,
};
const WIDTH = 4;
const GAP = 1.5;

export interface Lettering {
  /** The height of a capital. */
  readonly size: number;
  readonly colour: string;
  /** How thick the brush is, as a share of the height. */
  readonly weight?: number;
  readonly align?: 'start' | 'middle';
  /** The room between letters, as a share of the usual. */
  readonly spacing?: number;
}

/** Letters in capitals, with the top left (or the top middle) of the first at `x`, `y`. */
export const lettering = (words: string, x: number, y: number, brush: Lettering): string => {
  const gap = GAP * (brush.spacing ?? 1);
  let cursor = 0;
  const letters = Array.from(words.toUpperCase(), (letter) => {
    const place = cursor;
    cursor += (WIDTHS[letter] ?? WIDTH) + gap;
    const line = LETTERS[letter];
    return line === undefined ? '' : path(line, 'none', { transform: `translate(${place} 0)` });
  });
  const scale = brush.size / 6;
  const left = brush.align === 'middle' ? x - ((cursor - gap) * scale) / 2 : x;
  const attributes = {
    transform: `translate(${left} ${y}) scale(${scale})`,
    stroke: brush.colour,
    'stroke-width': 6 * (brush.weight ?? 0.13),
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  return group(attributes, ...letters);
};
