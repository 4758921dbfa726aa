import { EARTH, INK, type Shading, SKIES } from './palette.ts';
import { at, chance, circle, ellipse, glow, group, path, rect, shaded, stroke } from './shapes.ts';

/** All scenes are drawn on a sheet of this size. */
export const SHEET = [1200, 800] as const;

export const sky = (kind: keyof typeof SKIES, horizon = 480): string =>
  shaded(`sky-${kind}`, [0, 0, 1200, horizon + 2], SKIES[kind]);

export const sun = (x: number, y: number, radius: number, colour: string = '#fbe6b8'): string =>
  glow(`sun-${x}`, [x, y, radius * 4], colour, 0.55) + circle(x, y, radius, colour);

/** Stars, the same each time, above a height. */
export const stars = (count: number, lowest: number): string => {
  const next = chance(11);
  return group(
    { fill: INK.foam },
    ...Array.from({ length: count }, () =>
      circle(next() * 1200, next() * lowest, 0.8 + next() * 1.6, INK.foam, { opacity: 0.3 + next() * 0.6 }),
    ),
  );
};

/** A long hill whose ridge rises and falls about a height. */
export const hill = (ridge: number, swing: number, colour: string, seed: number, foot = 800): string => {
  const next = chance(seed);
  const points = Array.from({ length: 7 }, (_, index) => [index * 200, ridge + (next() - 0.5) * 2 * swing] as const);
  const line = points.slice(1).map(([x, y], index) => {
    const [beforeX, beforeY] = points[index] ?? [0, ridge];
    const middle = (beforeX + x) / 2;
    return `C${middle} ${beforeY.toFixed(1)} ${middle} ${y.toFixed(1)} ${x} ${y.toFixed(1)}`;
  });
  return path(`M0 ${foot}V${points[0]?.[1].toFixed(1)}${line.join('')}V${foot}Z`, colour);
};

export const water = (horizon: number, shading: Shading): string =>
  shaded(`water-${horizon}`, [0, horizon, 1200, 800 - horizon], shading);

export const CALM: Shading = [
  [0, '#b7c3b8'],
  [0.25, INK.shallow],
  [1, INK.slate],
];

/** Thin lights on the water, wider towards us. */
export const ripples = (horizon: number, colour: string, seed: number, count = 46): string => {
  const next = chance(seed);
  const lines = Array.from({ length: count }, () => {
    const depth = next() ** 1.6;
    const y = horizon + 8 + depth * (790 - horizon);
    const length = 20 + depth * 150 * (0.4 + next());
    const x = next() * 1250 - 50;
    return stroke(`M${x.toFixed(0)} ${y.toFixed(0)}h${length.toFixed(0)}`, colour, 1.2 + depth * 3, {
      opacity: 0.18 + next() * 0.3,
    });
  });
  return group({}, ...lines);
};

/** The path of light below a sun or a lamp. */
export const glitter = (x: number, horizon: number, colour: string, seed: number, foot = 770): string => {
  const next = chance(seed);
  const lines = Array.from({ length: 30 }, (_, index) => {
    const depth = index / 30;
    const y = horizon + 6 + depth * (foot - horizon);
    const length = 26 + depth * 120 * (0.5 + next() * 0.8);
    const left = x - length / 2 + (next() - 0.5) * (20 + depth * 80);
    return stroke(`M${left.toFixed(0)} ${y.toFixed(0)}h${length.toFixed(0)}`, colour, 2 + depth * 4, {
      opacity: 0.75 - depth * 0.5,
    });
  });
  return group({}, ...lines);
};

export const gull = (x: number, y: number, scale: number, colour: string = INK.foam): string =>
  at(x, y, scale, stroke('M-16 -4Q-8 -12 0 0Q8 -12 16 -4', colour, 3));

export const sailingBoat = (x: number, y: number, scale: number, sail: string = EARTH.paper): string =>
  at(
    x,
    y,
    scale,
    path('M-6 -118L-6 -16H-62Q-26 -56 -6 -118Z', sail),
    path('M2 -130L2 -16H58Q42 -84 2 -130Z', sail, { opacity: 0.88 }),
    stroke('M-2 -136V-8', EARTH.umber, 4),
    path('M-72 -10H74Q58 22 34 22H-40Q-62 22 -72 -10Z', EARTH.brick),
    path('M-72 -10H74L71 -2H-69Z', EARTH.paper),
    ellipse(0, 30, 78, 6, INK.deep, { opacity: 0.25 }),
  );

export const rowingBoat = (x: number, y: number, scale: number, colour: string = EARTH.ochre): string =>
  at(
    x,
    y,
    scale,
    ellipse(0, 22, 74, 7, INK.deep, { opacity: 0.3 }),
    path('M-78 -12Q0 6 78 -12Q62 22 34 22H-34Q-62 22 -78 -12Z', colour),
    path('M-78 -12Q0 6 78 -12L74 -4Q0 14 -74 -4Z', EARTH.paper),
    stroke('M-20 -2L-64 30M24 -2L66 28', EARTH.umber, 4),
  );

/** The ferry Marguerite. */
export const ferry = (x: number, y: number, scale: number, hull: string = INK.deep): string =>
  at(
    x,
    y,
    scale,
    ellipse(0, 46, 250, 10, INK.deep, { opacity: 0.25 }),
    rect(36, -132, 34, 62, EARTH.clay, { rx: 4 }),
    rect(36, -132, 34, 16, INK.deep, { rx: 4 }),
    rect(-150, -84, 250, 52, EARTH.paper, { rx: 8 }),
    rect(-60, -118, 84, 40, EARTH.paper, { rx: 6 }),
    rect(-50, -108, 64, 18, INK.slate, { rx: 3 }),
    ...[-132, -96, -60, -24, 12, 48].map((left) => rect(left, -70, 22, 20, INK.slate, { rx: 4 })),
    path('M-232 -36H236Q216 44 176 44H-180Q-214 44 -232 -36Z', hull),
    path('M-232 -36H236L231 -22H-229Z', EARTH.honey),
    stroke('M-190 -36V-58H-156M104 -58H196V-36', EARTH.paper, 4),
  );

/** A heavy, folded sea seen from the quay. */
export const wave = (y: number, colour: string, shift: number): string => {
  const humps = 'q75 -34 150 0'.repeat(10);
  return path(`M${shift - 150} ${y}${humps}V800H${shift - 150}Z`, colour);
};
