import { lettering } from './lettering.ts';
import { EARTH, INK, LEAF } from './palette.ts';
import { chance, circle, type Drawing, drawing, ellipse, group, path, rect, stroke } from './shapes.ts';
import { beam, houses, lighthouse, stall } from './town.ts';
import { SHEET, sky, stars } from './sea.ts';

const INKED = { size: 30, colour: INK.night } as const;

export const festivalPoster = (): Drawing =>
  drawing(
    [900, 1200],
    1080,
    rect(0, 0, 900, 1200, INK.deep),
    stars(70, 560),
    rect(40, 40, 820, 1120, 'none', { stroke: EARTH.honey, 'stroke-width': 4, rx: 18 }),
    beam(450, 482, 800),
    path('M0 1200V990Q220 900 450 890T900 960V1200Z', '#17252c'),
    lighthouse(450, 902, 1.06, true),
    lettering('Lighthouse', 450, 116, { size: 86, colour: EARTH.paper, align: 'middle', weight: 0.14 }),
    lettering('Night', 450, 236, { size: 92, colour: EARTH.honey, align: 'middle', weight: 0.14 }),
    lettering("from eight o'clock", 450, 984, { size: 34, colour: EARTH.paper, align: 'middle' }),
    lettering('choir at nine - soup all evening', 450, 1044, { size: 25, colour: EARTH.honey, align: 'middle' }),
    lettering('bring a torch', 450, 1098, { size: 25, colour: EARTH.paper, align: 'middle' }),
  );

interface Bar {
  readonly label: string;
  readonly value: number;
}

/** Bars with their numbers, the largest in another colour. */
const bars = (title: string, subtitle: string, unit: string, values: readonly Bar[]): Drawing => {
  const most = Math.max(...values.map(({ value }) => value));
  const wide = 960 / values.length;
  const columns = values.flatMap(({ label, value }, index) => {
    const height = (value / most) * 390;
    const left = 120 + index * wide;
    const middle = left + wide / 2;
    return [
      rect(left + wide * 0.18, 660 - height, wide * 0.64, height, value === most ? EARTH.ochre : INK.sea, { rx: 8 }),
      lettering(String(value), middle, 622 - height, { size: 25, colour: INK.night, align: 'middle' }),
      lettering(label, middle, 686, { size: 22, colour: INK.slate, align: 'middle' }),
    ];
  });
  return drawing(
    SHEET,
    1440,
    rect(0, 0, 1200, 800, EARTH.paper),
    lettering(title, 120, 66, { size: 44, colour: INK.night, weight: 0.15 }),
    lettering(subtitle, 120, 136, { size: 23, colour: INK.sea }),
    ...[0, 1, 2, 3].map((index) => stroke(`M120 ${660 - index * 130}H1080`, INK.mist, 2)),
    ...columns,
    stroke('M120 662H1080', INK.slate, 4),
    lettering(unit, 120, 738, { size: 20, colour: INK.sea }),
  );
};

export const ferryChart = (): Drawing =>
  bars('Who took the ferry', 'passengers of one week', 'counted by the crew, dogs not included', [
    { label: 'Mon', value: 412 },
    { label: 'Tue', value: 388 },
    { label: 'Wed', value: 455 },
    { label: 'Thu', value: 401 },
    { label: 'Fri', value: 618 },
    { label: 'Sat', value: 947 },
    { label: 'Sun', value: 803 },
  ]);

export const waterChart = (): Drawing =>
  bars(
    'How clear the harbour is',
    'how deep one sees, in centimetres',
    'city of Linden, six places, the same morning',
    [
      { label: 'Quay', value: 210 },
      { label: 'Ferry', value: 160 },
      { label: 'Basin', value: 245 },
      { label: 'Steps', value: 320 },
      { label: 'Mole', value: 410 },
      { label: 'Beach', value: 365 },
    ],
  );

/** Where Rope Street is dug up. */
export const streetMap = (): Drawing => {
  const next = chance(5);
  const blocks = [
    [60, 60, 250, 190],
    [360, 60, 300, 190],
    [710, 60, 210, 190],
    [970, 60, 180, 190],
    [60, 320, 250, 150],
    [360, 320, 300, 150],
    [710, 320, 440, 150],
  ] as const;
  return drawing(
    SHEET,
    1440,
    rect(0, 0, 1200, 800, '#e7dfcd'),
    path('M0 590Q300 560 620 600T1200 570V800H0Z', INK.shallow),
    path('M0 600Q300 570 620 610T1200 580', 'none', { stroke: EARTH.sand, 'stroke-width': 16 }),
    ...blocks.map(([x, y, width, height]) => rect(x, y, width, height, EARTH.paper, { rx: 10 })),
    ...blocks.flatMap(([x, y, width, height]) =>
      [0, 1, 2].map(() =>
        rect(
          x + 16 + next() * (width - 80),
          y + 16 + next() * (height - 70),
          34 + next() * 26,
          28 + next() * 22,
          EARTH.sand,
          {
            rx: 4,
          },
        ),
      ),
    ),
    rect(752, 90, 126, 124, LEAF.sage, { rx: 60 }),
    stroke('M40 285H690', EARTH.ochre, 22, { 'stroke-dasharray': '2 40' }),
    stroke('M335 270V540', LEAF.pine, 12, { 'stroke-dasharray': '24 20' }),
    stroke('M335 540L316 506M335 540L354 506', LEAF.pine, 12),
    lettering('Rope Street', 720, 272, { size: 26, colour: INK.night, weight: 0.16 }),
    lettering('Park', 815, 142, { size: 24, colour: LEAF.pine, align: 'middle' }),
    lettering('Quay', 880, 520, { ...INKED, size: 26 }),
    lettering('Harbour', 330, 690, { size: 46, colour: INK.foam, weight: 0.13, spacing: 1.6 }),
    rect(800, 640, 350, 110, EARTH.paper, { rx: 12, opacity: 0.94 }),
    stroke('M828 672H884', EARTH.ochre, 16, { 'stroke-dasharray': '2 26' }),
    lettering('closed', 910, 662, { size: 22, colour: INK.night }),
    stroke('M828 720H884', LEAF.pine, 10, { 'stroke-dasharray': '18 14' }),
    lettering('way round', 910, 710, { size: 22, colour: INK.night }),
  );
};

export const clinicAtMarket = (): Drawing =>
  drawing(
    SHEET,
    1440,
    sky('day', 560),
    houses(60, 560, 1.3),
    houses(1004, 560, 1.3),
    rect(0, 556, 1200, 244, EARTH.sand),
    stall(600, 720, 1.7, LEAF.pine, []),
    group(
      {},
      rect(420, 588, 92, 20, EARTH.paper, { rx: 4 }),
      rect(540, 550, 84, 58, INK.slate, { rx: 8 }),
      circle(582, 578, 19, EARTH.paper),
      stroke('M582 578L592 566', EARTH.brick, 4),
      stroke('M624 590Q680 560 700 600T770 596', INK.deep, 7),
      path('M754 598h36v-34h-36Z', EARTH.rose),
    ),
    ellipse(600, 290, 62, 62, EARTH.paper),
    path('M588 254H612V278H636V302H612V326H588V302H564V278H588Z', LEAF.pine),
  );

const clock = (x: number, y: number, radius: number, colour: string, hand: string): string =>
  circle(x, y, radius, colour) +
  circle(x, y, radius * 0.8, EARTH.paper) +
  Array.from({ length: 12 }, (_, index) => {
    const angle = (index * Math.PI) / 6;
    return circle(x + Math.sin(angle) * radius * 0.66, y - Math.cos(angle) * radius * 0.66, radius * 0.045, INK.night);
  }).join('') +
  stroke(hand, INK.night, radius * 0.07, {
    transform: `translate(${x} ${y}) scale(${radius / 100})`,
    'stroke-width': 7,
  });

export const workshop = (): Drawing =>
  drawing(
    SHEET,
    1440,
    rect(0, 0, 1200, 800, '#7c6a58'),
    rect(0, 0, 1200, 560, '#8f7c67'),
    clock(220, 190, 108, EARTH.brick, 'M0 0V-62M0 0L34 22'),
    clock(470, 150, 76, INK.slate, 'M0 0L-40 -40M0 0L12 -30'),
    clock(690, 210, 120, EARTH.ochre, 'M0 0L54 -30M0 0V-40'),
    clock(960, 160, 88, LEAF.moss, 'M0 0L-58 20M0 0L-20 -34'),
    clock(1110, 330, 62, EARTH.clay, 'M0 0V60M0 0L30 -20'),
    clock(380, 360, 62, EARTH.honey, 'M0 0L50 34M0 0L-34 8'),
    rect(0, 560, 1200, 240, EARTH.umber),
    rect(0, 560, 1200, 16, EARTH.clay),
    path('M880 560L930 330L1010 300', 'none', { stroke: INK.night, 'stroke-width': 12, 'stroke-linejoin': 'round' }),
    path('M970 250L1060 300L1010 360Z', LEAF.pine),
    path('M1010 350L1056 312L1150 560H860Z', '#fbe6b8', { opacity: 0.22 }),
    circle(600, 640, 78, EARTH.honey),
    circle(600, 640, 60, EARTH.umber),
    ...[0, 1, 2, 3, 4, 5].map((index) => {
      const angle = (index * Math.PI) / 3;
      return circle(600 + Math.cos(angle) * 40, 640 + Math.sin(angle) * 40, 13, EARTH.honey);
    }),
    circle(740, 690, 42, EARTH.ochre),
    circle(740, 690, 26, EARTH.umber),
    stroke('M360 690H500M380 720H500', INK.mist, 9),
    rect(300, 678, 70, 22, EARTH.brick, { rx: 8 }),
    rect(320, 710, 70, 20, LEAF.moss, { rx: 8 }),
    group(
      {},
      rect(130, 640, 110, 110, INK.foam, { rx: 12 }),
      path('M240 668Q280 668 280 700T240 730', 'none', { stroke: INK.foam, 'stroke-width': 14 }),
    ),
  );
