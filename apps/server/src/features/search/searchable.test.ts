import { type JsonObject, type Pdu, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { isSearchable, searchableIn } from './searchable.ts';

const pdu = (type: string, content: JsonObject): Pdu => ({
  type,
  sender: UserId.parse('@ada:byline.test'),
  content,
  depth: 1,
  prev_events: [],
  auth_events: [],
  origin_server_ts: 0,
  hashes: { sha256: '' },
  signatures: {},
});

const topic = (...forms: readonly JsonObject[]): JsonObject => ({ 'm.topic': { 'm.text': forms } });

test.each<[string, JsonObject, unknown]>([
  ['m.room.message', { body: 'hello' }, { key: 'content.body', text: 'hello' }],
  ['m.room.message', { body: 7 }, undefined],
  ['m.room.message', { body: '' }, undefined],
  ['m.room.message', {}, undefined],
  ['m.room.name', { name: 'Hall', body: 'x' }, { key: 'content.name', text: 'Hall' }],
  ['m.room.topic', { topic: 'tea' }, { key: 'content.topic', text: 'tea' }],
  ['m.room.topic', topic({ body: 'tea' }), { key: 'content.topic', text: 'tea' }],
  ['m.room.topic', topic({ body: '<b>', mimetype: 'text/html' }), undefined],
  [
    'm.room.topic',
    { topic: 'short', ...topic({ body: '<b>', mimetype: 'text/html' }, { body: 'long', mimetype: 'text/plain' }) },
    { key: 'content.topic', text: 'short\nlong' },
  ],
  ['m.room.topic', { topic: 'tea', ...topic({ body: 'tea' }) }, { key: 'content.topic', text: 'tea' }],
  ['m.room.encrypted', { body: 'hello', ciphertext: 'x' }, undefined],
  ['m.reaction', { body: 'hello' }, undefined],
])('%s %j', (type, content, expected) => {
  expect(searchableIn(pdu(type, content))).toEqual(expected);
});

test('what holds instead is what is found', () => {
  const message = pdu('m.room.message', { body: 'old' });
  expect(searchableIn(message, { body: 'new' })).toEqual({ key: 'content.body', text: 'new' });
  expect(searchableIn(message, {})).toBeUndefined();
  expect([isSearchable(message), isSearchable(pdu('m.room.encrypted', {}))]).toEqual([true, false]);
});
