import { expect, test } from 'vitest';
import { sizeFor, type ThumbnailSize } from './thumbnail-size.ts';

const TABLE: readonly (readonly [wanted: string, given: string])[] = [
  ['crop 1x1', 'crop 32x32'],
  ['crop 32x32', 'crop 32x32'],
  ['crop 33x20', 'crop 96x96'],
  ['crop 20x97', 'crop 256x256'],
  ['crop 5000x5000', 'crop 640x640'],
  ['scale 1x1', 'scale 320x240'],
  ['scale 320x240', 'scale 320x240'],
  ['scale 240x320', 'scale 640x480'],
  ['scale 800x600', 'scale 800x600'],
  ['scale 801x1', 'scale 1600x1200'],
  ['scale 1x1201', 'scale 4096x4096'],
  ['scale 99999x99999', 'scale 4096x4096'],
];

test.each(TABLE)('for %s there is %s', (wanted, given) => {
  expect(sizeFor(parse(wanted))).toEqual(parse(given));
});

test('whether it may move is as it was wanted', () => {
  expect(sizeFor({ ...parse('crop 1x1'), animated: true })).toEqual({ ...parse('crop 32x32'), animated: true });
});

const parse = (text: string): ThumbnailSize => {
  const [, method, width, height] = /^(crop|scale) (\d+)x(\d+)$/.exec(text) ?? [];
  return {
    method: method === 'crop' ? 'crop' : 'scale',
    width: Number(width),
    height: Number(height),
    animated: false,
  };
};
