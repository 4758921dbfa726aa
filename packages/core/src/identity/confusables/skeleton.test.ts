import { describe, expect, test } from 'vitest';
import { PROTOTYPES } from './characters.ts';
import { HAN_LOOK_ALIKES } from './han-look-alikes.ts';
import { handleSkeleton, nameSkeleton, skeletonOf } from './skeleton.ts';

/** Cyrillic "paypal" and the like are written by code points, because nobody could tell them from the Latin ones. */
const CYRILLIC_A = '\u0430';

describe('the skeleton of UTS #39', () => {
  test.each([
    ['paypal', `p${CYRILLIC_A}yp${CYRILLIC_A}l`],
    ['scope', '\u0455\u0441\u043E\u0440\u0435'],
    ['City Hall', 'City Ha\u0049l'],
    ['1', 'l'],
    ['O', '0'],
    ['modern', 'modem'],
    ['OPEC', '\u039F\u03A1\u0395\u0421'],
    ['\u00E9', 'e\u0301'],
    ['soft\u00ADhyphen', 'softhyphen'],
    ['zero\u200Dwidth', 'zerowidth'],
    ['\u2160', 'l'],
    ['\u{1D41A}bc', 'abc'],
    ['o', '\u0585'],
    ['\u2F00', '\u4E00'],
  ])('%s and %s look alike', (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });

  test.each([
    ['city', 'City'],
    ['cafe', 'caf\u00E9'],
    ['bank', 'bark'],
    ['i', 'l'],
    ['市', '布'],
  ])('%s and %s do not', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });

  test('the table is whole: what a character is read as is not read as something else', () => {
    expect(PROTOTYPES.size).toBeGreaterThan(2_500);
    for (const prototype of PROTOTYPES.values())
      expect(Array.from(prototype).filter((character) => PROTOTYPES.has(character))).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['City Hall', 'CITY HALL'],
    ['City Hall', 'City HaII'],
    ['City Hall', 'C\u0456ty H\u0430ll'],
    ['City Hall', 'City-Hall.'],
    ['Café Linden', 'Cafe Linden'],
    ['MODERN', 'modem'],
    ['林登市政廳', '林登市政厅'],
    ['林登信使报', '林登信使報'],
    ['微信', '徽信'],
    ['康师傅', '康帅傅'],
    ['康師傅', '康帅傅'],
    ['２４小时', '24小时'],
    ['一中', '―中'],
  ])('%s and %s look alike', (one, other) => {
    expect(nameSkeleton(one)).toBe(nameSkeleton(other));
  });

  test.each([
    ['City Hall', 'City Mall'],
    ['林登市政厅', '林登市议会'],
    ['The Courier', 'The Carrier'],
    ['一中', '中'],
  ])('%s and %s do not', (one, other) => {
    expect(nameSkeleton(one)).not.toBe(nameSkeleton(other));
  });

  test('a name of marks alone looks like nothing', () => {
    expect(nameSkeleton('!!! …')).toBe('');
  });

  test('no Chinese character is in two groups', () => {
    const all = HAN_LOOK_ALIKES.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((character) => Array.from(character).length === 1)).toBe(true);
  });
});

describe('handles', () => {
  test.each([
    ['cityhall', 'cityhaII'],
    ['cityhall', 'cityhaii'],
    ['cityhall', 'cityha11'],
    ['cityhall', 'c1tyha1l'],
    ['modern', 'modem'],
    ['bookshop', 'b00kshop'],
    ['news', 'nevvs'],
    ['city-hall', 'city_hall'],
    ['city.hall', 'city-hall'],
  ])('%s and %s look alike', (one, other) => {
    expect(handleSkeleton(one)).toBe(handleSkeleton(other));
  });

  test.each([
    ['cityhall', 'cityhal'],
    ['cityhall', 'city-hall'],
    ['courier', 'carrier'],
    ['paper2', 'paper3'],
    ['clean', 'dean'],
  ])('%s and %s do not', (one, other) => {
    expect(handleSkeleton(one)).not.toBe(handleSkeleton(other));
  });
});
