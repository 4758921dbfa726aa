import { expect, test } from 'vitest';
import { passes, passesRoom, withFields } from './filter.ts';

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

test('what nobody sent passes no list of senders', () => {
  const typing = { type: 'm.typing', content: {} };
  expect(passes({ senders: ['@ada:byline.test'] }, typing)).toBe(false);
  expect(passes({ not_senders: ['@ada:byline.test'] }, typing)).toBe(true);
});

const event = { type: 'm.x', content: { body: 'hello', 'a.b': { c: 1, d: 2 }, 'e\\f': 3, list: [1] } };

test.each([
  ['nothing', [], {}],
  ['a field', ['type'], { type: 'm.x' }],
  ['one that there is not', ['sender', 'content.none', 'type.length'], {}],
  ['one within another', ['content.body'], { content: { body: 'hello' } }],
  ['two of one', ['content.body', 'content.list'], { content: { body: 'hello', list: [1] } }],
  ['a name with a dot', ['content.a\\.b.c'], { content: { 'a.b': { c: 1 } } }],
  ['a name with a backslash', ['content.e\\\\f'], { content: { 'e\\f': 3 } }],
  ['all and a part', ['content', 'content.body'], { content: event.content }],
  ['a part and all', ['content.body', 'content'], { content: event.content }],
  ['what every object inherits', ['__proto__', 'constructor'], {}],
])('of the fields of an event: %s', (_name, fields, expected) => {
  expect(withFields(event, fields)).toEqual(expected);
});
