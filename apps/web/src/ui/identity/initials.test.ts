import { describe, expect, it } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

describe('initialsOf', () => {
  it.each([
    ['Ada Lovelace', 'AL'],
    ['Maria del Carmen Ruiz', 'MR'],
    ['cher', 'C'],
    ['王小明', '王'],
    ['李雷 Lei Li', '李'],
    ['Émile Zola', 'ÉZ'],
    ['@bob:example.org', 'B'],
    ['#town-hall', 'TH'],
    ['  ', ''],
    ['🦊', '🦊'],
    ['(Night) Shift', 'NS'],
  ])('%s: %s', (name, expected) => expect(initialsOf(name)).toBe(expected));
});

describe('hueOf', () => {
  it('stays the same and uses every hue', () => {
    expect(hueOf('@ada:example.org')).toBe(hueOf('@ada:example.org'));
    const hues = new Set(Array.from({ length: 200 }, (_, index) => hueOf(`@user${index}:example.org`)));
    expect(hues).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7]));
  });
});
