import { EARTH, INK, LEAF } from './palette.ts';
import { at, circle, ellipse, glow, group, path, rect, stroke } from './shapes.ts';

interface House {
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly wall: string;
  readonly roof: 'step' | 'gable' | 'bell';
}

const ROW: readonly House[] = [
  { x: 0, width: 96, height: 190, wall: EARTH.clay, roof: 'gable' },
  { x: 96, width: 78, height: 236, wall: EARTH.honey, roof: 'step' },
  { x: 174, width: 104, height: 204, wall: INK.sea, roof: 'bell' },
  { x: 278, width: 84, height: 252, wall: EARTH.paper, roof: 'gable' },
  { x: 362, width: 92, height: 196, wall: EARTH.rose, roof: 'step' },
  { x: 454, width: 80, height: 226, wall: LEAF.sage, roof: 'gable' },
  { x: 534, width: 108, height: 208, wall: EARTH.sand, roof: 'bell' },
  { x: 642, width: 82, height: 242, wall: INK.shallow, roof: 'step' },
];

const ROOFS: Readonly<Record<House['roof'], (width: number) => string>> = {
  gable: (width) => `M-4 0L${width / 2} ${-width * 0.52}L${width + 4} 0Z`,
  step: (width) => {
    const step = width / 8;
    return `M0 0V${-step * 1.2}H${step}V${-step * 2.4}H${step * 2}V${-step * 3.6}H${step * 3}V${-step * 5}H${step * 5}V${-step * 3.6}H${step * 6}V${-step * 2.4}H${step * 7}V${-step * 1.2}H${width}V0Z`;
  },
  bell: (width) =>
    `M0 0Q${width * 0.1} ${-width * 0.3} ${width * 0.32} ${-width * 0.34}Q${width * 0.36} ${-width * 0.6} ${width / 2} ${-width * 0.62}Q${width * 0.64} ${-width * 0.6} ${width * 0.68} ${-width * 0.34}Q${width * 0.9} ${-width * 0.3} ${width} 0Z`,
};

const house = ({ x, width, height, wall, roof }: House, lit: string): string => {
  const roofColour = roof === 'gable' ? EARTH.brick : wall;
  const rows = Math.floor((height - 70) / 48);
  const columns = width > 90 ? 3 : 2;
  const gap = (width - columns * 16) / (columns + 1);
  const windows = Array.from({ length: rows * columns }, (_, index) => {
    const left = gap + (index % columns) * (16 + gap);
    const top = -height + 22 + Math.floor(index / columns) * 48;
    return rect(left, top, 16, 26, (index * 7 + Math.round(x)) % 3 === 0 ? lit : INK.deep, { rx: 2, opacity: 0.9 });
  });
  return at(
    x,
    0,
    1,
    rect(0, -height, width, height, wall),
    at(0, -height, 1, path(ROOFS[roof](width), roofColour)),
    rect(0, -height, width, 4, INK.deep, { opacity: 0.12 }),
    ...windows,
    rect(width / 2 - 12, -44, 24, 44, EARTH.umber, { rx: 3 }),
    rect(width - 10, -height, 10, height, INK.deep, { opacity: 0.07 }),
  );
};

/** The row of houses on the quay, its ground at `y`. */
export const houses = (x: number, y: number, scale: number, lit: string = EARTH.honey): string =>
  at(x, y, scale, ...ROW.map((one) => house(one, lit)));

/** The old lighthouse, its foot at `x`, `y`. */
export const lighthouse = (x: number, y: number, scale: number, isLit = false): string =>
  at(
    x,
    y,
    scale,
    ...(isLit ? [glow('lamp', [0, -372, 130], '#fdeec0', 0.9)] : []),
    path('M-46 0L-28 -330H28L46 0Z', EARTH.paper),
    path('M-41.6 -80L-36.8 -168H36.8L41.6 -80Z', INK.slate),
    path('M-32.5 -247L-28 -330H28L32.5 -247Z', INK.slate),
    path('M12 -330H28L46 0H20Z', INK.night, { opacity: 0.12 }),
    rect(-40, -344, 80, 14, EARTH.umber, { rx: 3 }),
    rect(-24, -394, 48, 50, isLit ? '#fdeec0' : INK.shallow),
    stroke('M-24 -394V-344M0 -394V-344M24 -394V-344', EARTH.umber, 4),
    path('M-32 -394Q0 -440 32 -394Z', EARTH.brick),
    circle(0, -424, 6, EARTH.umber),
    rect(-11, -52, 22, 52, EARTH.umber, { rx: 11 }),
    rect(-7, -210, 14, 22, INK.deep, { rx: 7 }),
    rect(-7, -296, 14, 22, INK.deep, { rx: 7 }),
  );

/** Light from the lamp at `x`, `y`, to the left and to the right. */
export const beam = (x: number, y: number, length: number): string =>
  group(
    { fill: '#fdeec0' },
    path(`M${x} ${y - 8}L${x - length} ${y - 90}V${y + 30}L${x} ${y + 8}Z`, '#fdeec0', { opacity: 0.16 }),
    path(`M${x} ${y - 8}L${x + length} ${y - 150}V${y + 10}L${x} ${y + 8}Z`, '#fdeec0', { opacity: 0.24 }),
  );

export const bench = (x: number, y: number, scale: number, colour: string): string =>
  at(
    x,
    y,
    scale,
    ellipse(0, 4, 92, 8, INK.night, { opacity: 0.16 }),
    stroke('M-62 0V-84M62 0V-84', EARTH.umber, 8),
    ...[-88, -70].map((top) => rect(-84, top, 168, 13, colour, { rx: 4 })),
    rect(-88, -46, 176, 13, colour, { rx: 4 }),
    rect(-88, -33, 176, 6, INK.night, { opacity: 0.2, rx: 3 }),
  );

export const lamp = (x: number, y: number, scale: number): string =>
  at(
    x,
    y,
    scale,
    stroke('M0 0V-190', INK.deep, 7),
    rect(-16, -4, 32, 8, INK.deep, { rx: 3 }),
    path('M-16 -196H16L11 -232H-11Z', EARTH.honey),
    path('M-20 -232H20L8 -246H-8Z', INK.deep),
  );

/** A market stall with a striped awning; `goods` are the colours of its crates. */
export const stall = (x: number, y: number, scale: number, cloth: string, goods: readonly string[]): string => {
  const stripes = Array.from({ length: 8 }, (_, index) =>
    path(
      `M${-140 + index * 35} -190h35l${index < 4 ? 4 : -4} 0v40a17.5 17.5 0 0 1 -35 0Z`,
      index % 2 === 0 ? cloth : EARTH.paper,
    ),
  );
  const crates = goods.map((colour, index) => crate(-118 + index * 62, -66, colour));
  return at(
    x,
    y,
    scale,
    ellipse(0, 4, 160, 10, INK.night, { opacity: 0.14 }),
    stroke('M-128 0V-180M128 0V-180', EARTH.umber, 8),
    rect(-134, -64, 268, 64, EARTH.umber, { rx: 4 }),
    rect(-134, -64, 268, 10, EARTH.clay, { rx: 4 }),
    ...crates,
    path('M-120 -230H120L140 -190H-140Z', cloth),
    ...stripes,
  );
};

const crate = (x: number, y: number, colour: string): string =>
  at(
    x,
    y,
    1,
    ...[0, 1, 2, 3].map((index) => circle(9 + index * 12, -26 - (index % 2) * 4, 9, colour)),
    ...[0, 1, 2].map((index) => circle(15 + index * 12, -36, 9, colour, { opacity: 0.9 })),
    rect(0, -24, 54, 24, EARTH.sand, { rx: 3 }),
    rect(0, -14, 54, 3, EARTH.umber, { opacity: 0.35 }),
  );

/** The Admiral, the harbour's cat, asleep. */
export const cat = (x: number, y: number, scale: number, fur: string = EARTH.umber): string =>
  at(
    x,
    y,
    scale,
    ellipse(4, 2, 104, 12, INK.night, { opacity: 0.18 }),
    path('M-92 0Q-104 -84 -8 -88Q96 -90 100 -18Q100 0 78 0Z', fur),
    stroke('M92 -16Q118 4 60 6Q10 8 -30 0', fur, 20),
    stroke('M62 6Q44 8 28 6', EARTH.paper, 20),
    circle(-66, -44, 42, fur),
    path('M-104 -60L-98 -104L-72 -80ZM-60 -82L-36 -102L-30 -60Z', fur),
    path('M-98 -68L-95 -92L-80 -78Z', EARTH.rose),
    path('M-66 -30Q-66 -6 -40 -4H-92Q-92 -28 -66 -30Z', EARTH.paper),
    stroke('M-88 -46Q-82 -40 -76 -46M-58 -46Q-52 -40 -46 -46', INK.foam, 4),
    path('M-71 -36h10l-5 6Z', EARTH.rose),
    stroke('M-104 -36L-128 -40M-104 -30L-126 -26', INK.foam, 2, { opacity: 0.7 }),
    stroke('M0 -86Q10 -60 0 -40M26 -88Q36 -62 26 -42M52 -82Q60 -62 54 -44', INK.night, 7, { opacity: 0.25 }),
  );
