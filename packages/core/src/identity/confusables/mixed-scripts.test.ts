import { expect, test } from 'vitest';
import { mixedScripts } from './mixed-scripts.ts';

test.each([
  ['City Hall', []],
  ['City Hall 24/7 №1', []],
  ['Линден', []],
  ['Courier 林登', []],
  ['The Courier 東京スポーツ', []],
  ['新聞ㄅㄆ', []],
  ['한국 Times 新聞', []],
  ['', []],
  ['2026 !', []],
  ['C\u0456ty Hall', ['Latin', 'Cyrillic']],
  ['p\u03B1per', ['Latin', 'Greek']],
  ['\u0421\u039F', ['Cyrillic', 'Greek']],
  ['林登Ж', ['Han', 'Cyrillic']],
  ['东京ㄅか', ['Han', 'Bopomofo', 'Hiragana']],
  ['Linden \u10D0', ['Latin', 'Georgian']],
  ['Linden \u16A0', ['Latin', 'another']],
])('%s mixes %j', (name, scripts) => {
  expect(mixedScripts(name)).toEqual(scripts);
});
