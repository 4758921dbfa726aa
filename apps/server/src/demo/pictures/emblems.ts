import { lettering } from './lettering.ts';
import { EARTH, INK, LEAF } from './palette.ts';
import { at, circle, type Drawing, drawing, ellipse, group, path, rect, stroke } from './shapes.ts';
import { bench, cat, lighthouse } from './town.ts';

const emblem = (background: string, ...children: readonly string[]): Drawing =>
  drawing([400, 400], 400, rect(0, 0, 400, 400, background), ...children);

/** The pictures of public accounts and of groups: square, to be shown in a circle or not. */
export const EMBLEMS = {
  cityHall: () =>
    emblem(
      INK.slate,
      path('M84 190L200 104L316 190Z', EARTH.paper),
      rect(188, 60, 24, 56, EARTH.paper),
      path('M200 26V62M200 30H244L232 43L244 56H200', EARTH.honey, { stroke: EARTH.honey, 'stroke-width': 5 }),
      circle(200, 156, 17, INK.slate),
      stroke('M200 146V156H208', EARTH.paper, 4),
      rect(92, 200, 216, 16, EARTH.sand),
      ...[106, 156, 222, 272].map((x) => rect(x, 222, 24, 86, EARTH.paper, { rx: 4 })),
      rect(80, 314, 240, 20, EARTH.sand, { rx: 4 }),
      path('M60 352q35 -16 70 0t70 0t70 0t70 0', 'none', { stroke: INK.shallow, 'stroke-width': 8 }),
    ),
  courier: () =>
    emblem(
      EARTH.honey,
      rect(96, 94, 224, 240, EARTH.umber, { rx: 8, opacity: 0.2, transform: 'rotate(-5 200 200)' }),
      rect(88, 84, 224, 240, EARTH.paper, { rx: 8, transform: 'rotate(-5 200 200)' }),
      group(
        { transform: 'rotate(-5 200 200)' },
        lettering('Courier', 200, 108, { size: 34, colour: INK.night, align: 'middle', weight: 0.16 }),
        rect(108, 156, 184, 4, INK.night),
        rect(108, 174, 86, 76, INK.sea),
        at(150, 250, 0.2, lighthouse(0, 0, 1)),
        ...[180, 198, 216, 234].map((y) => rect(206, y, 86, 7, INK.slate, { opacity: 0.5, rx: 3 })),
        ...[268, 286, 304].map((y, index) =>
          rect(108, y, index === 2 ? 120 : 184, 7, INK.slate, { opacity: 0.5, rx: 3 }),
        ),
      ),
    ),
  clinic: () =>
    emblem(
      LEAF.sage,
      circle(200, 190, 118, EARTH.paper),
      path('M176 112H224V166H278V214H224V268H176V214H122V166H176Z', LEAF.pine),
      path('M-40 330q40 -22 80 0t80 0t80 0t80 0t80 0t80 0V400H-40Z', INK.sea),
    ),
  oldLinden: () =>
    emblem(
      '#cdb68c',
      circle(200, 200, 150, 'none', { stroke: '#f4ead3', 'stroke-width': 8 }),
      stroke('M200 120V302M150 156H250', '#5d4a32', 18),
      circle(200, 100, 22, 'none', { stroke: '#5d4a32', 'stroke-width': 14 }),
      stroke('M110 230Q116 302 200 306Q284 302 290 230M96 250L110 226L132 244M304 250L290 226L268 244', '#5d4a32', 18),
    ),
  swimClub: () =>
    emblem(
      INK.sea,
      circle(104, 104, 44, EARTH.honey),
      path('M0 190q50 -34 100 0t100 0t100 0t100 0V400H0Z', INK.shallow),
      path('M0 250q50 -34 100 0t100 0t100 0t100 0V400H0Z', '#6f9aa6'),
      path('M182 316V250A46 48 0 0 1 274 250V316Z', '#d9a585'),
      path('M180 254A48 52 0 0 1 276 254Q228 232 180 254Z', EARTH.clay),
      stroke('M206 270h14M236 270h14M216 288Q228 297 240 288', EARTH.umber, 6),
      path('M0 312q50 -34 100 0t100 0t100 0t100 0V400H0Z', INK.slate),
    ),
  ropeStreet: () =>
    emblem(
      EARTH.rose,
      path('M96 190L200 96L304 190V330H96Z', EARTH.paper),
      path('M76 200L200 88L324 200', 'none', { stroke: EARTH.brick, 'stroke-width': 22, 'stroke-linejoin': 'round' }),
      rect(176, 246, 48, 84, INK.slate, { rx: 24 }),
      rect(122, 214, 40, 44, EARTH.honey, { rx: 4 }),
      rect(238, 214, 40, 44, INK.deep, { rx: 4 }),
      lettering('5', 200, 160, { size: 44, colour: EARTH.brick, align: 'middle', weight: 0.2 }),
    ),
  choir: () =>
    emblem(
      INK.deep,
      ...[128, 164, 200, 236, 272].map((y) => stroke(`M60 ${y}H340`, INK.sea, 4)),
      stroke('M150 250V122L262 96V226', EARTH.honey, 12),
      stroke('M150 150L262 124', EARTH.honey, 12),
      ellipse(128, 254, 32, 23, EARTH.honey, { transform: 'rotate(-18 128 254)' }),
      ellipse(240, 230, 32, 23, EARTH.honey, { transform: 'rotate(-18 240 230)' }),
    ),
  benchWatch: () =>
    emblem(LEAF.sage, circle(200, 150, 60, EARTH.paper, { opacity: 0.6 }), bench(200, 300, 1.5, EARTH.ochre)),
  dinner: () =>
    emblem(
      EARTH.brick,
      ellipse(200, 340, 120, 14, INK.night, { opacity: 0.2 }),
      stroke(
        'M150 96Q136 120 150 144T150 190M200 84Q186 110 200 136T200 184M250 96Q236 120 250 144T250 190',
        EARTH.paper,
        9,
        {
          opacity: 0.7,
        },
      ),
      path('M70 206H330Q326 318 246 334H154Q74 318 70 206Z', EARTH.paper),
      path('M78 240H322Q318 262 310 276H90Q82 262 78 240Z', INK.sea),
      stroke('M226 212L352 92M250 212L368 114', EARTH.honey, 9),
    ),
  helpers: () => emblem(INK.deep, circle(200, 96, 76, '#fdeec0', { opacity: 0.2 }), lighthouse(200, 360, 0.72, true)),
  admiral: () => emblem(INK.shallow, cat(204, 300, 1.35, '#57463f')),
} as const satisfies Readonly<Record<string, () => Drawing>>;
