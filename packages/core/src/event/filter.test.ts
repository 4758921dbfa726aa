import { expect, test } from 'vitest';
import { passes, passesRoom } from './filter.ts';

const message = { type: 'm.room.message', sender: '@ada:byline.test', content: { url: 'mxc://byline.test/a' } };

test.each([
  ['no filter', undefined, true],
  ['an empty filter', {}, true],
  ['the type', { types: ['m.room.message'] }, true],
  ['another type', { types: ['m.room.name'] }, false],
  ['a pattern', { types: ['m.room.*'] }, true],
  ['a pattern with a hole', { types: ['m.*.message'] }, true],
  ['a pattern with two holes', { types: ['*room*sage'] }, true],
  ['a pattern that is too long', { types: ['m.room.message*message'] }, false],
  ['no types at all', { types: [] }, false],
  ['an excluded type', { types: ['m.room.message'], not_types: ['m.room.*'] }, false],
  ['the sender', { senders: ['@ada:byline.test'] }, true],
  ['another sender', { senders: ['@bob:byline.test'] }, false],
  ['an excluded sender', { not_senders: ['@ada:byline.test'] }, false],
  ['with a url', { contains_url: true }, true],
  ['without a url', { contains_url: false }, false],
])('%s', (_name, filter, expected) => {
  expect(passes(filter, message)).toBe(expected);
});

test.each([
  [undefined, true],
  [{ rooms: ['!a:b'] }, true],
  [{ rooms: [] }, false],
  [{ not_rooms: ['!a:b'] }, false],
  [{ rooms: ['!a:b'], not_rooms: ['!a:b'] }, false],
])('rooms %j', (filter, expected) => {
  expect(passesRoom(filter, '!a:b')).toBe(expected);
});
