import { EARTH, INK, LEAF } from './palette.ts';
import {
  CALM,
  ferry,
  glitter,
  gull,
  hill,
  ripples,
  rowingBoat,
  sailingBoat,
  SHEET,
  sky,
  stars,
  sun,
  water,
  wave,
} from './sea.ts';
import {
  at,
  chance,
  circle,
  type Drawing,
  drawing,
  element,
  ellipse,
  glow,
  group,
  path,
  rect,
  shaded,
  stroke,
} from './shapes.ts';
import { beam, bench, cat, houses, lamp, lighthouse, stall } from './town.ts';

const PIXELS = 1440;
const scene = (...children: readonly string[]): Drawing => drawing(SHEET, PIXELS, ...children);

const quay = (y: number, colour: string = EARTH.sand): string =>
  rect(0, y, 1200, 800 - y, colour) +
  rect(0, y, 1200, 10, EARTH.umber, { opacity: 0.25 }) +
  Array.from({ length: 8 }, (_, index) =>
    stroke(`M${index * 170 - (y % 90)} ${y + 10}L${index * 190 - 120} 800`, EARTH.umber, 2, { opacity: 0.14 }),
  ).join('');

export const harbourAtDawn = (): Drawing =>
  scene(
    sky('dawn'),
    sun(820, 452, 52),
    hill(440, 26, '#9fb0a8', 5, 486),
    hill(462, 18, '#7f958f', 9, 486),
    water(480, CALM),
    glitter(820, 480, '#fbe3b4', 4),
    ripples(480, INK.foam, 21),
    at(0, 0, 1, houses(20, 486, 0.62), rect(0, 484, 480, 12, EARTH.umber)),
    lighthouse(1080, 492, 0.62),
    path('M960 492Q1080 470 1200 488V506Q1080 516 960 500Z', INK.deep),
    sailingBoat(560, 590, 0.9),
    rowingBoat(250, 690, 1.15, EARTH.clay),
    gull(640, 190, 1.4),
    gull(700, 230, 1),
    gull(460, 150, 0.8),
  );

export const lighthouseAtDusk = (): Drawing =>
  drawing(
    [900, 1200],
    1080,
    shaded(
      'dusk',
      [0, 0, 900, 820],
      [
        [0, '#1c3044'],
        [0.55, '#5a6a7c'],
        [0.85, '#c0958a'],
        [1, '#e6b98e'],
      ],
    ),
    stars(60, 360),
    shaded(
      'dusk-sea',
      [0, 800, 900, 400],
      [
        [0, '#a58d8c'],
        [0.3, INK.slate],
        [1, INK.deep],
      ],
    ),
    glitter(250, 800, '#f0c9a0', 8, 1170),
    beam(600, 352, 820),
    path('M360 1200Q420 860 600 830Q780 850 900 980V1200Z', '#2b3f3a'),
    path('M430 1200Q480 930 610 900Q760 930 900 1060V1200Z', '#22332f'),
    lighthouse(600, 852, 1.34, true),
    stroke('M610 860Q560 980 640 1040T600 1200', EARTH.sand, 16, { opacity: 0.5 }),
    gull(240, 420, 1.3),
    gull(300, 470, 0.9),
  );

export const market = (): Drawing =>
  scene(
    sky('day', 560),
    houses(-30, 560, 1.08),
    houses(752, 560, 1.08),
    quay(556),
    ...[0, 1, 2].map((index) =>
      stroke(`M${index * 400} 150Q${200 + index * 400} 230 ${400 + index * 400} 150`, EARTH.umber, 3),
    ),
    ...Array.from({ length: 24 }, (_, index) => {
      const share = (index % 8) / 8 + 0.06;
      const x = Math.floor(index / 8) * 400 + share * 400;
      const y = 150 + 160 * share * (1 - share);
      const colour = [EARTH.ochre, INK.slate, EARTH.rose, LEAF.moss][index % 4] ?? EARTH.ochre;
      return path(`M${x - 14} ${y}h28l-14 34Z`, colour);
    }),
    stall(230, 690, 1.05, EARTH.clay, [EARTH.ochre, LEAF.moss, EARTH.brick, EARTH.honey]),
    stall(930, 690, 1.05, INK.slate, ['#5d4a6b', EARTH.rose, '#5d4a6b', LEAF.sage]),
    stall(590, 750, 1.2, EARTH.ochre, [EARTH.clay, EARTH.honey, LEAF.moss, EARTH.brick]),
    cat(760, 668, 0.42),
  );

export const catOnRope = (): Drawing =>
  scene(
    sky('day', 430),
    hill(410, 14, '#a9bdb7', 13, 440),
    water(430, CALM),
    ripples(430, INK.foam, 31, 30),
    sailingBoat(960, 460, 0.6),
    quay(560),
    ...[0, 1, 2, 3].map((index) =>
      ellipse(560, 690 - index * 34, 250 - index * 16, 52 - index * 3, index % 2 ? EARTH.sand : '#d9c29c', {
        stroke: EARTH.umber,
        'stroke-width': 3,
        'stroke-opacity': 0.4,
      }),
    ),
    cat(570, 590, 1.7, '#57463f'),
    path('M130 640V560Q130 520 170 520T210 560V640Z', INK.slate),
    ellipse(170, 520, 62, 18, INK.deep),
    gull(300, 180, 1.3),
  );

export const ferryInWind = (): Drawing =>
  scene(
    sky('day', 500),
    ...[
      [200, 140, 1.2],
      [760, 110, 1.6],
      [1010, 210, 1],
    ].map(([x = 0, y = 0, scale = 1]) =>
      at(
        x,
        y,
        scale,
        path('M-120 20Q-120 -20 -70 -18Q-50 -64 0 -50Q44 -76 72 -30Q124 -30 122 20Z', INK.foam, { opacity: 0.8 }),
      ),
    ),
    hill(476, 20, '#93aaa6', 17, 520),
    wave(520, '#86a8ad', 40),
    ferry(600, 566, 1.35),
    wave(604, INK.sea, -40),
    wave(668, '#4d7484', 60),
    wave(740, INK.slate, -20),
    gull(360, 300, 1.5),
    gull(430, 350, 1),
    gull(900, 380, 1.2),
  );

export const harbourInFog = (): Drawing =>
  scene(
    shaded(
      'fog',
      [0, 0, 1200, 800],
      [
        [0, '#c3cecc'],
        [1, '#e9e9e0'],
      ],
    ),
    group({ opacity: 0.28 }, lighthouse(980, 470, 0.8)),
    group({ opacity: 0.42 }, ferry(420, 520, 1.1)),
    path('M0 560Q300 530 620 556T1200 540V800H0Z', '#c9d3cf', { opacity: 0.9 }),
    path('M0 620Q360 590 700 622T1200 606V800H0Z', '#bccac7'),
    glow('fog-lamp', [210, 470, 160], '#f6e3b0', 0.7),
    lamp(210, 700, 1.2),
    path('M0 700H520Q560 700 560 730V800H0Z', '#8f9f9c'),
    rowingBoat(820, 716, 1.2, INK.slate),
  );

const BENCHES = [INK.slate, EARTH.ochre, LEAF.moss, EARTH.rose];

/** The benches of the quay, of which so many have been painted. */
export const benches = (painted: number): Drawing =>
  scene(
    sky('day', 430),
    hill(404, 16, '#a5bab5', 23, 440),
    water(424, CALM),
    ripples(424, INK.foam, 37, 26),
    sailingBoat(190, 450, 0.5),
    sailingBoat(1040, 462, 0.62, EARTH.honey),
    quay(520),
    lamp(60, 560, 1.1),
    lamp(1140, 560, 1.1),
    ...[0, 1, 2, 3].map((index) =>
      bench(
        230 + index * 248,
        610 + (index % 2) * 70,
        1.1,
        index < painted ? (BENCHES[index] ?? EARTH.clay) : '#a39483',
      ),
    ),
    gull(600, 160, 1.4),
    gull(660, 200, 1),
  );

/** Bench number five, which is signed. */
export const signedBench = (): Drawing => {
  const toes = [-13, -4, 5, 13].map((x, index) => circle(x, index % 3 === 0 ? -10 : -16, 4.4, EARTH.paper)).join('');
  return scene(
    sky('dawn', 400),
    water(396, CALM),
    ripples(396, INK.foam, 41, 24),
    quay(500),
    bench(600, 690, 3.4, EARTH.clay),
    at(820, 478, 1.35, ellipse(0, 0, 10, 8.5, EARTH.paper), toes),
    gull(250, 170, 1.3),
  );
};

export const lighthouseNight = (): Drawing => {
  const next = chance(77);
  const torches = Array.from({ length: 70 }, () => {
    const share = next();
    const x = 80 + share * 820 + next() * 60;
    const y = 720 - share * 150 + next() * 60;
    return circle(x, y, 3 + next() * 3, '#fbe3a4', { opacity: 0.95 }) + circle(x, y, 13, '#fbe3a4', { opacity: 0.16 });
  });
  return scene(
    sky('night', 560),
    stars(120, 420),
    beam(930, 262, 1100),
    shaded(
      'night-sea',
      [0, 540, 1200, 260],
      [
        [0, '#2b4558'],
        [1, INK.night],
      ],
    ),
    glitter(930, 540, '#f3dca0', 15),
    path('M0 800V690Q300 640 620 600T1040 520Q1140 520 1200 580V800Z', '#1b2b31'),
    lighthouse(930, 552, 0.76, true),
    ...torches,
  );
};

export const swimmers = (): Drawing =>
  scene(
    sky('dawn', 380),
    sun(300, 356, 40),
    hill(360, 18, '#9fb2ab', 29, 390),
    water(380, [
      [0, '#c9cdb9'],
      [0.3, '#8fb1b3'],
      [1, '#4b7282'],
    ]),
    glitter(300, 380, '#fbe7bd', 19),
    ripples(380, INK.foam, 43),
    ...(
      [
        [420, 560, 1.1, EARTH.ochre],
        [600, 610, 1.35, INK.foam],
        [790, 580, 1.2, EARTH.rose],
        [960, 660, 1.5, LEAF.sage],
      ] as const
    ).map(([x, y, scale, cap]) =>
      at(
        x,
        y,
        scale,
        ellipse(0, 26, 64, 9, INK.foam, { opacity: 0.35 }),
        path('M-26 26V0A26 28 0 0 1 26 0V26Q0 34 -26 26Z', '#d9a585'),
        path('M-28 2A28 30 0 0 1 28 2Q0 -8 -28 2Z', cap),
        stroke('M-14 10h8M6 10h8', EARTH.umber, 3),
        stroke('M-8 19Q0 24 8 19', EARTH.umber, 3),
      ),
    ),
    gull(820, 150, 1.4),
    gull(890, 190, 1),
  );

export const oldHarbour = (): Drawing =>
  scene(
    rect(0, 0, 1200, 800, '#efe3c8'),
    element('filter', { id: 'faded' }, element('feColorMatrix', { type: 'saturate', values: 0.12 })),
    group(
      { transform: 'translate(48 48) scale(.92 .88)', opacity: 0.82, filter: 'url(#faded)' },
      sky('sepia', 480),
      hill(446, 24, '#bda87f', 5, 486),
      shaded(
        'sepia-water',
        [0, 480, 1200, 320],
        [
          [0, '#cdb78c'],
          [1, '#8f7a58'],
        ],
      ),
      ripples(480, '#f3e7cc', 21),
      path('M900 506Q1040 476 1200 496V524Q1040 534 900 514Z', '#6f6149'),
      lighthouse(1040, 500, 0.72),
      sailingBoat(300, 580, 1.1, '#f3e7cc'),
      sailingBoat(520, 540, 0.7, '#e6d6b2'),
      sailingBoat(700, 620, 1.3, '#f3e7cc'),
      rowingBoat(180, 700, 1.1, '#7b6648'),
    ),
    rect(0, 0, 1200, 800, '#b8894a', { opacity: 0.3 }),
    path('M0 0H1200V800H0ZM48 48V752H1152V48Z', '#f4ead3', { 'fill-rule': 'evenodd' }),
    stroke('M700 0Q690 300 720 420T700 800', '#fff7e4', 2, { opacity: 0.5 }),
  );
