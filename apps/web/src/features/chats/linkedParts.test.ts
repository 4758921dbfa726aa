import { expect, it } from 'vitest';
import { linkedParts } from './linkedParts.ts';

it.each([
  ['no address here', ['no address here']],
  ['see https://a.example/b?c=1#d.', ['see ', '<https://a.example/b?c=1#d>', '.']],
  ['(https://a.example/x_(y)) ok', ['(', '<https://a.example/x_(y)>', ') ok']],
  ['www.a.example, too', ['<https://www.a.example>', ', too']],
  ['请看https://a.example/路，谢谢', ['请看', '<https://a.example/路>', '，谢谢']],
  ['ask anna@town.example!', ['ask ', '<mailto:anna@town.example>', '!']],
  ['javascript:alert(1) and http://', ['javascript:alert(1) and http://']],
])('%s', (text, expected) => {
  const parts = linkedParts(text);
  expect(parts.map(({ text: part, href }) => (href === undefined ? part : `<${href}>`))).toEqual(expected);
  expect(parts.map(({ text: part }) => part).join('')).toBe(text);
});
