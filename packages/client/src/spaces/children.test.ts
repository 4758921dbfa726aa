import { expect, it } from 'vitest';
import { childrenIn, roomsUnder, wayInto } from './children.ts';

const child = (stateKey: string, content: object = {}, at = 0) => ({
  stateKey,
  content: { via: ['town'], ...content },
  at,
});

it.each([
  ['nothing', [], []],
  ['by order', [child('!a', { order: 'b' }), child('!b', { order: 'a' })], ['!b', '!a']],
  ['those with an order first', [child('!a'), child('!b', { order: 'z' })], ['!b', '!a']],
  ['then by time', [child('!a', {}, 2), child('!b', {}, 1)], ['!b', '!a']],
  ['then by id', [child('!b', {}, 1), child('!a', {}, 1)], ['!a', '!b']],
  [
    'an order that is too long is none',
    [child('!a', { order: 'a'.repeat(51) }), child('!b', { order: 'b' })],
    ['!b', '!a'],
  ],
  ['an order of other letters is none', [child('!a', { order: 'ä' }, 2), child('!b', {}, 1)], ['!b', '!a']],
  ['an order that is odd is none', [child('!a', { order: 3 }, 2), child('!b', {}, 1)], ['!b', '!a']],
  ['what was taken out is gone', [child('!a', { via: undefined }), child('!b', { via: [] }), child('!c')], ['!c']],
])('children: %s', (_, events, expected) => expect(childrenIn(events)).toEqual(expected));

it.each([
  ['public', undefined, 'join'],
  ['restricted', ['!mine'], 'join'],
  ['restricted', undefined, 'join'],
  ['restricted', ['!other'], 'invitation'],
  ['knock', undefined, 'knock'],
  ['knock_restricted', ['!mine'], 'join'],
  ['knock_restricted', ['!other'], 'knock'],
  ['invite', undefined, 'invitation'],
  ['private', undefined, 'invitation'],
  [undefined, undefined, 'invitation'],
])('into %s for %j: %s', (rule, allowed, expected) =>
  expect(wayInto(rule, allowed, new Set(['!mine']))).toBe(expected),
);

it('goes through spaces in spaces, and not in circles', () => {
  const tree: Readonly<Record<string, readonly string[]>> = {
    '!a': ['!b', '!c'],
    '!b': ['!d', '!a'],
    '!d': ['!b', '!c'],
  };
  expect(roomsUnder('!a', (id) => tree[id] ?? [])).toEqual(['!b', '!c', '!d']);
  expect(roomsUnder('!c', (id) => tree[id] ?? [])).toEqual([]);
});
