import type { Shading } from './palette.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A picture as SVG text, and its size in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

const attribute = ([name, value]: [string, string | number | undefined]): string =>
  value === undefined ? '' : ` ${name}="${typeof value === 'number' ? Number(value.toFixed(2)) : value}"`;

/** An element of SVG. */
export const element = (name: string, attributes: Attributes, ...children: readonly string[]): string =>
  `<${name}${Object.entries(attributes).map(attribute).join('')}>${children.join('')}</${name}>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}) =>
  element('rect', { x, y, width, height, fill, ...more });

export const circle = (cx: number, cy: number, r: number, fill: string, more: Attributes = {}) =>
  element('circle', { cx, cy, r, fill, ...more });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}) =>
  element('ellipse', { cx, cy, rx, ry, fill, ...more });

export const path = (d: string, fill: string, more: Attributes = {}) => element('path', { d, fill, ...more });

/** A line with round ends along a path. */
export const stroke = (d: string, colour: string, width: number, more: Attributes = {}) =>
  path(d, 'none', {
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });

export const group = (attributes: Attributes, ...children: readonly string[]) => element('g', attributes, ...children);

/** Moves and resizes what is drawn about the origin. */
export const at = (x: number, y: number, scale: number, ...children: readonly string[]) =>
  group({ transform: `translate(${x} ${y}) scale(${scale})` }, ...children);

/** A filled rectangle whose colour changes from its top to its bottom. `id` must be the drawing's only one of that name. */
export const shaded = (id: string, [x, y, width, height]: Box, shading: Shading): string =>
  gradient(id, shading) + rect(x, y, width, height, `url(#${id})`);

export type Box = readonly [x: number, y: number, width: number, height: number];

const gradient = (id: string, shading: Shading): string =>
  element(
    'linearGradient',
    { id, x1: 0, y1: 0, x2: 0, y2: 1 },
    ...shading.map(([offset, colour]) => element('stop', { offset, 'stop-color': colour })),
  );

/** Light that fades outwards. */
export const glow = (id: string, [x, y, radius]: readonly [number, number, number], colour: string, strength = 0.8) =>
  element(
    'radialGradient',
    { id },
    element('stop', { offset: 0, 'stop-color': colour, 'stop-opacity': strength }),
    element('stop', { offset: 1, 'stop-color': colour, 'stop-opacity': 0 }),
  ) + circle(x, y, radius, `url(#${id})`);

/** A whole picture, drawn in the units of `units` and made `pixels` wide. */
export const drawing = (
  units: readonly [width: number, height: number],
  pixels: number,
  ...children: readonly string[]
): Drawing => {
  const [width, height] = units;
  const size = { width: pixels, height: Math.round((pixels * height) / width) };
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', ...size, viewBox: `0 0 ${width} ${height}` };
  return { ...size, svg: element('svg', attributes, ...children) };
};

/** Numbers from 0 to 1 that look like chance and are the same each time. */
export const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};
