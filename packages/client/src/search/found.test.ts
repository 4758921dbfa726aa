import { describe, expect, it } from 'vitest';
import { aroundMatch, partsOf, says } from './found.ts';

describe('what is looked for', () => {
  it.each([
    ['The ferry leaves at nine', 'FERRY nine', true],
    ['The ferry leaves at nine', 'ferry ten', false],
    ['渡轮九点出发', '九点', true],
    ['ＦＥＲＲＹ', 'ferry', true],
    ['anything', '   ', false],
  ])('"%s" says "%s": %s', (text, words, expected) => {
    expect(says(text, words)).toBe(expected);
  });

  it('is marked where it stands, and nothing is lost', () => {
    const parts = partsOf('Nine (9) ferries, nine!', 'nine (9)');
    expect(parts.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(['Nine', '(9)', 'nine']);
    expect(parts.map(({ text }) => text).join('')).toBe('Nine (9) ferries, nine!');
  });

  it('is in sight also where it was said late', () => {
    expect(aroundMatch(`${'word '.repeat(40)}harbour at night`, 'harbour')).toMatch(/^….{30}harbour at night$/u);
    expect(aroundMatch('short\nand harbour', 'harbour')).toBe('short and harbour');
  });
});
