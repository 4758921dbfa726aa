import { identityCard, letter } from './documents.ts';
import { EMBLEMS } from './emblems.ts';
import { clinicAtMarket, ferryChart, festivalPoster, streetMap, waterChart, workshop } from './graphics.ts';
import { portrait, PORTRAITS } from './portraits.ts';
import * as scenes from './scenes.ts';
import type { Drawing } from './shapes.ts';

const SCENES = {
  harbourAtDawn: scenes.harbourAtDawn,
  harbourInFog: scenes.harbourInFog,
  oldHarbour: scenes.oldHarbour,
  lighthouseAtDusk: scenes.lighthouseAtDusk,
  lighthouseNight: scenes.lighthouseNight,
  ferryInWind: scenes.ferryInWind,
  catOnRope: scenes.catOnRope,
  twoBenches: () => scenes.benches(2),
  fourBenches: () => scenes.benches(4),
  signedBench: scenes.signedBench,
  market: scenes.market,
  swimmers: scenes.swimmers,
  workshop,
  clinicAtMarket,
  festivalPoster,
  ferryChart,
  waterChart,
  streetMap,
} as const;

/** Made up, every one, and each says so. */
const PAPERS = {
  letterOfTheCity: () =>
    letter({
      title: 'City of Linden',
      lines: ['To whom it may concern:', 'Clara Voss speaks for', 'the city.', 'No. 2217/4'],
    }),
  pressLicence: () =>
    letter({ title: 'Press licence', lines: ['The Linden Courier', 'Publisher: Adler + Daughter', 'No. PL-1887-03'] }),
  extractOfTheClinic: () =>
    letter({
      title: 'Register extract',
      lines: ['Harbour Clinic, a foundation', 'Signs: Dr. Zhao Yun', 'No. HC-0412'],
    }),
  cardOfPiet: () =>
    identityCard({ title: 'Identity card', lines: ['Janssen', 'Pieter Cornelis', '12.03.1951', 'LI-4471-209'] }),
} as const;

export type PictureName = keyof typeof SCENES | keyof typeof PAPERS | keyof typeof EMBLEMS | keyof typeof PORTRAITS;

/** Draws every picture of the demo. */
export const drawAll = (): ReadonlyMap<string, Drawing> =>
  new Map([
    ...Object.entries({ ...SCENES, ...PAPERS, ...EMBLEMS }).map(([name, draw]) => [name, draw()] as const),
    ...Object.entries(PORTRAITS).map(([name, person]) => [name, portrait(person)] as const),
  ]);
