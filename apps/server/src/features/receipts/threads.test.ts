import { EventId, type JsonObject, type Pdu, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { threadOf } from './threads.ts';

const pdu = (content: JsonObject): Pdu => ({
  type: 'm.room.message',
  sender: UserId.parse('@ada:byline.test'),
  content,
  depth: 1,
  prev_events: [],
  auth_events: [],
  origin_server_ts: 0,
  hashes: { sha256: '' },
  signatures: {},
});

const relatesTo = (eventId: string, type: string): JsonObject => ({
  'm.relates_to': { rel_type: type, event_id: eventId },
});

const EVENTS: Readonly<Record<string, JsonObject>> = {
  $root: {},
  $plain: {},
  $inThread: relatesTo('$root', 'm.thread'),
  $editInThread: relatesTo('$inThread', 'm.replace'),
  $reactionToEdit: relatesTo('$editInThread', 'm.annotation'),
  $fourthHop: relatesTo('$reactionToEdit', 'm.reference'),
  $reactionToRoot: relatesTo('$root', 'm.annotation'),
  $reactionToUnknown: relatesTo('$unknown', 'm.annotation'),
  $circle: relatesTo('$circle', 'm.annotation'),
  $reply: { 'm.relates_to': { 'm.in_reply_to': { event_id: '$inThread' } } },
  $broken: { 'm.relates_to': { rel_type: 'm.thread', event_id: 7 } },
  $noObject: { 'm.relates_to': 'm.thread' },
};

const parentOf = async (eventId: EventId): Promise<Pdu | undefined> => {
  const content = EVENTS[eventId];
  return content === undefined ? undefined : pdu(content);
};

test.each([
  ['$root', 'main'],
  ['$plain', 'main'],
  ['$inThread', '$root'],
  ['$editInThread', '$root'],
  ['$reactionToEdit', '$root'],
  ['$fourthHop', '$root'],
  ['$reactionToRoot', 'main'],
  ['$reactionToUnknown', 'main'],
  ['$circle', 'main'],
  ['$reply', 'main'],
  ['$broken', 'main'],
  ['$noObject', 'main'],
])('%s is in %s', async (eventId, thread) => {
  expect(await threadOf(pdu(EVENTS[eventId] ?? {}), parentOf)).toBe(thread);
});

test('relations are followed three times and no further', async () => {
  const beyond = pdu(relatesTo('$fourthHop', 'm.annotation'));
  expect(await threadOf(beyond, parentOf)).toBe('main');
});
