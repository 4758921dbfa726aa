import { lettering } from './lettering.ts';
import { EARTH, INK } from './palette.ts';
import { circle, type Drawing, drawing, path, rect, stroke } from './shapes.ts';

/** What a made-up document says; only what our lettering can write. */
export interface Paper {
  readonly title: string;
  readonly lines: readonly string[];
}

const guilloche = (colour: string): string =>
  Array.from({ length: 9 }, (_, index) =>
    stroke(`M0 ${80 + index * 78}Q250 ${20 + index * 78} 500 ${80 + index * 78}T1000 ${80 + index * 78}`, colour, 2, {
      opacity: 0.3,
    }),
  ).join('');

const specimen = (x: number, y: number): string =>
  lettering('Specimen', x, y, { size: 30, colour: INK.sea, weight: 0.15, spacing: 1.4 });

/** A card with a portrait, as a phone would photograph it on a table. */
export const identityCard = ({ title, lines }: Paper): Drawing =>
  drawing(
    [1000, 700],
    1000,
    rect(0, 0, 1000, 700, '#8a7a66'),
    rect(76, 84, 860, 540, '#5d5143', { rx: 30 }),
    rect(66, 72, 860, 540, '#dfe8e4', { rx: 30 }),
    guilloche('#8fb0ac'),
    rect(66, 72, 860, 86, INK.slate, { rx: 30 }),
    rect(66, 120, 860, 38, INK.slate),
    lettering(title, 104, 98, { size: 34, colour: EARTH.paper }),
    rect(104, 196, 230, 290, INK.mist, { rx: 12 }),
    circle(219, 300, 62, '#c99e7d'),
    path('M112 486Q122 384 219 384T326 486Z', INK.deep),
    ...lines.map((line, index) => lettering(line, 376, 204 + index * 62, { size: 27, colour: INK.night })),
    specimen(104, 540),
  );

/** A letter or an extract with a stamp. */
export const letter = ({ title, lines }: Paper): Drawing =>
  drawing(
    [1000, 1300],
    900,
    rect(0, 0, 1000, 1300, '#8a7a66'),
    rect(92, 62, 836, 1190, '#5d5143'),
    rect(80, 50, 836, 1190, '#faf6ec'),
    lettering(title, 150, 130, { size: 36, colour: INK.night, weight: 0.15 }),
    rect(150, 194, 696, 4, INK.slate),
    ...lines.map((line, index) => lettering(line, 150, 244 + index * 66, { size: 27, colour: INK.night })),
    ...[0, 1, 2, 3, 4, 5].map((index) => rect(150, 690 + index * 42, index === 5 ? 380 : 690, 10, INK.mist, { rx: 5 })),
    circle(700, 1060, 92, 'none', { stroke: INK.sea, 'stroke-width': 8 }),
    circle(700, 1060, 70, 'none', { stroke: INK.sea, 'stroke-width': 4 }),
    stroke('M650 1060q25 -24 50 0t50 0M650 1086q25 -24 50 0t50 0', INK.sea, 7),
    stroke('M160 1090Q200 1010 236 1074T310 1050Q340 1040 400 1076', INK.deep, 6),
    specimen(150, 1150),
  );
