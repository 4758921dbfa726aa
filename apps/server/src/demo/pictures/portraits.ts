import { EARTH, INK, LEAF } from './palette.ts';
import { circle, type Drawing, drawing, ellipse, path, rect, stroke } from './shapes.ts';

/** What tells one face from another. */
interface Portrait {
  readonly background: string;
  readonly skin: string;
  readonly hair: keyof typeof HAIR;
  readonly hairColour: string;
  readonly clothes: string;
  readonly wears?: readonly (keyof typeof WORN)[];
}

type Draw = (hairColour: string) => string;

const HAIR = {
  short: (colour) =>
    path('M126 178Q112 92 200 84Q288 92 274 178Q266 142 240 130Q196 146 158 128Q134 144 126 178Z', colour),
  curly: (colour) =>
    [
      [140, 150, 36],
      [150, 114, 38],
      [190, 92, 40],
      [234, 98, 38],
      [262, 128, 36],
      [266, 164, 26],
      [132, 176, 24],
    ]
      .map(([x = 0, y = 0, r = 0]) => circle(x, y, r, colour))
      .join(''),
  fringe: (colour) =>
    path('M122 190Q108 84 200 82Q292 84 278 190L268 196Q272 150 262 140Q200 152 138 140Q128 150 132 196Z', colour),
  parting: (colour) =>
    path('M124 196Q104 86 204 82Q296 88 276 196Q274 140 214 122Q150 132 136 168Q126 182 124 196Z', colour),
  grey: (colour) =>
    path('M120 196Q106 168 124 138Q132 160 128 196ZM280 196Q294 168 276 138Q268 160 272 196Z', colour) +
    path('M132 132Q150 92 200 90Q250 92 268 132Q236 112 200 112T132 132Z', colour),
  swept: (colour) =>
    path('M124 176Q116 86 212 80Q290 88 276 172Q270 134 248 118Q178 128 140 116Q128 140 124 176Z', colour),
  none: () => '',
} satisfies Readonly<Record<string, Draw>>;

/** What lies behind the head. */
const BEHIND: Partial<Record<keyof typeof HAIR, Draw>> = {
  fringe: (colour) => path('M118 180Q116 90 200 84Q284 90 282 180V262Q284 286 262 290H138Q116 286 118 262Z', colour),
  parting: (colour) =>
    path('M120 190Q110 90 200 84Q290 90 280 190Q282 250 300 282Q250 312 200 306T100 282Q118 250 120 190Z', colour),
};

const WORN = {
  glasses: () =>
    circle(166, 194, 22, 'none', { stroke: INK.deep, 'stroke-width': 5 }) +
    circle(234, 194, 22, 'none', { stroke: INK.deep, 'stroke-width': 5 }) +
    stroke('M188 190Q200 184 212 190', INK.deep, 5),
  beard: (colour) =>
    path('M130 206Q134 286 200 292Q266 286 270 206Q262 236 238 236Q200 222 162 236Q138 236 130 206Z', colour) +
    stroke('M182 252Q200 262 218 252', '#8d4f3f', 5),
  moustache: (colour) => path('M158 240Q178 220 200 230Q222 220 242 240Q220 248 200 240Q180 248 158 240Z', colour),
  cap: () =>
    path('M122 150Q120 78 200 76Q280 78 278 150Q200 128 122 150Z', INK.deep) +
    path('M116 152Q200 120 284 152Q286 170 270 166Q200 142 130 166Q114 170 116 152Z', INK.slate) +
    circle(200, 112, 10, EARTH.honey),
  scarf: () =>
    path(
      'M112 206Q96 82 200 76Q304 82 288 206Q290 286 200 316Q110 286 112 206ZM138 196Q138 262 200 276Q262 262 262 196Q262 128 200 124Q138 128 138 196Z',
      LEAF.pine,
      {
        'fill-rule': 'evenodd',
      },
    ) + path('M132 286Q200 330 268 286L290 400H110Z', LEAF.pine),
  bun: (colour) => circle(200, 72, 30, colour),
  earrings: () => circle(126, 228, 7, EARTH.honey) + circle(274, 228, 7, EARTH.honey),
  beanie: () =>
    path('M122 152Q120 66 200 62Q280 66 278 152Z', EARTH.ochre) + rect(116, 132, 168, 32, EARTH.honey, { rx: 14 }),
} satisfies Readonly<Record<string, Draw>>;

const face = ({ skin }: Portrait): string =>
  [
    path('M172 240H228V312Q200 334 172 312Z', skin),
    path('M172 268Q200 292 228 268V286Q200 306 172 286Z', INK.night, { opacity: 0.12 }),
    circle(126, 200, 15, skin),
    circle(274, 200, 15, skin),
    path('M128 176Q128 112 200 110Q272 112 272 176Q274 276 200 282Q126 276 128 176Z', skin),
    ellipse(156, 226, 15, 9, '#c4634f', { opacity: 0.18 }),
    ellipse(244, 226, 15, 9, '#c4634f', { opacity: 0.18 }),
    circle(168, 196, 6, INK.night),
    circle(232, 196, 6, INK.night),
    stroke('M154 174Q166 166 180 173M220 173Q234 166 246 174', INK.night, 5, { opacity: 0.65 }),
    stroke('M200 200Q194 218 203 220', INK.night, 4, { opacity: 0.28 }),
    stroke('M180 244Q200 258 220 244', '#7c3f35', 5),
  ].join('');

/** A flat portrait, square, to be shown in a circle. */
export const portrait = (person: Portrait): Drawing => {
  const { background, clothes, hair, hairColour, wears = [] } = person;
  return drawing(
    [400, 400],
    400,
    rect(0, 0, 400, 400, background),
    circle(200, 220, 168, '#fff', { opacity: 0.1 }),
    BEHIND[hair]?.(hairColour) ?? '',
    path('M62 400Q70 300 156 292Q200 326 244 292Q330 300 338 400Z', clothes),
    path('M156 292Q200 350 244 292L232 286Q200 322 168 286Z', EARTH.paper, { opacity: 0.85 }),
    face(person),
    HAIR[hair](hairColour),
    ...wears.map((one) => WORN[one](hairColour)),
  );
};

const SKIN = { fair: '#f0c9a8', warm: '#e3b189', olive: '#cf9a6f', brown: '#a56f4c', deep: '#7b4f38' } as const;
const BLACK = '#26262b';

export const PORTRAITS = {
  mira: { background: INK.shallow, skin: SKIN.fair, hair: 'parting', hairColour: '#a5603c', clothes: EARTH.ochre },
  tom: {
    background: EARTH.honey,
    skin: SKIN.warm,
    hair: 'curly',
    hairColour: '#4a352b',
    clothes: INK.slate,
    wears: ['beard'],
  },
  aisha: {
    background: EARTH.rose,
    skin: SKIN.olive,
    hair: 'none',
    hairColour: BLACK,
    clothes: LEAF.moss,
    wears: ['scarf'],
  },
  piet: {
    background: INK.slate,
    skin: SKIN.fair,
    hair: 'grey',
    hairColour: '#dcdcd6',
    clothes: INK.deep,
    wears: ['beard', 'cap'],
  },
  xiaoyu: {
    background: LEAF.sage,
    skin: SKIN.warm,
    hair: 'fringe',
    hairColour: BLACK,
    clothes: EARTH.brick,
    wears: ['glasses'],
  },
  jianguo: {
    background: EARTH.sand,
    skin: SKIN.warm,
    hair: 'grey',
    hairColour: '#9a9a98',
    clothes: INK.slate,
    wears: ['glasses'],
  },
  xiaoman: {
    background: '#c9b4c9',
    skin: SKIN.fair,
    hair: 'fringe',
    hairColour: '#3a2a26',
    clothes: EARTH.honey,
    wears: ['beanie'],
  },
  haiyan: {
    background: EARTH.clay,
    skin: SKIN.warm,
    hair: 'swept',
    hairColour: BLACK,
    clothes: EARTH.paper,
    wears: ['bun', 'earrings'],
  },
  clara: {
    background: INK.sea,
    skin: SKIN.brown,
    hair: 'swept',
    hairColour: '#2e211d',
    clothes: EARTH.rose,
    wears: ['earrings'],
  },
  ben: {
    background: EARTH.rose,
    skin: SKIN.fair,
    hair: 'short',
    hairColour: '#8a5a35',
    clothes: LEAF.pine,
    wears: ['glasses', 'moustache'],
  },
  yun: { background: INK.mist, skin: SKIN.warm, hair: 'parting', hairColour: BLACK, clothes: INK.foam },
  johanna: { background: LEAF.moss, skin: SKIN.fair, hair: 'fringe', hairColour: '#d8b878', clothes: INK.deep },
  samuel: {
    background: EARTH.honey,
    skin: SKIN.deep,
    hair: 'short',
    hairColour: '#1c1a1c',
    clothes: INK.sea,
    wears: ['glasses'],
  },
} as const satisfies Readonly<Record<string, Portrait>>;
