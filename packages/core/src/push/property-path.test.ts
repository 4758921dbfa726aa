import { EventId, RoomId, UserId } from '@byline/protocol/ids.ts';
import { expect, test } from 'vitest';
import { namesOf, propertyOf } from './property-path.ts';

test.each([
  ['content.body', ['content', 'body']],
  ['type', ['type']],
  [String.raw`content.m\.mentions.room`, ['content', 'm.mentions', 'room']],
  [String.raw`content.m\\foo`, ['content', String.raw`m\foo`]],
  [String.raw`a\x.b`, [String.raw`a\x`, 'b']],
  ['a\\', ['a\\']],
  ['', ['']],
  ['a..b.', ['a', '', 'b', '']],
])('%j is %j', (path, names) => {
  expect(namesOf(path)).toEqual(names);
});

const EVENT = {
  event_id: EventId.parse('$event'),
  room_id: RoomId.parse('!room'),
  type: 'm.room.message',
  sender: UserId.parse('@alice:example.org'),
  origin_server_ts: 5,
  content: { body: 'hello', 'm.mentions': { room: true, user_ids: ['@bob:example.org'] }, nothing: null, '': { x: 1 } },
};

test.each([
  ['content.body', 'hello'],
  [String.raw`content.m\.mentions.room`, true],
  [String.raw`content.m\.mentions.user_ids`, ['@bob:example.org']],
  ['content.nothing', null],
  ['content..x', 1],
  ['origin_server_ts', 5],
  ['state_key', undefined],
  ['content.body.length', undefined],
  ['content.m.mentions', undefined],
  ['content.toString', undefined],
  ['toString', undefined],
  [String.raw`content.m\.mentions.user_ids.0`, undefined],
])('%s of an event', (path, value) => {
  expect(propertyOf(EVENT, namesOf(path))).toEqual(value);
});
