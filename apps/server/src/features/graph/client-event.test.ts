import { DeviceId, EventId, RoomId, UserId } from '@byline/protocol';
import { expect, test } from 'vitest';
import type { EventEntry } from '../../platform/log/entry.ts';
import { clientEvent, clientJson, clientJsonFor, clientJsonWith } from './client-event.ts';

const roomId = RoomId.parse('!room:byline.test');
const sender = UserId.parse('@ada:byline.test');
const device = { userId: sender, deviceId: DeviceId.parse('PHONE') };

const pdu = (content: EventEntry['pdu']['content']): EventEntry['pdu'] => ({
  room_id: roomId,
  type: 'm.room.topic',
  state_key: '',
  sender,
  content,
  depth: 3,
  prev_events: [],
  auth_events: [],
  origin_server_ts: 1,
  hashes: { sha256: '' },
  signatures: {},
});

const plain: EventEntry = {
  kind: 'event',
  position: 3,
  roomId,
  audience: 'members',
  eventId: EventId.parse('$3'),
  pdu: pdu({ topic: 'new' }),
  redactedBy: undefined,
  replaces: undefined,
  redacts: undefined,
  transaction: undefined,
};
const linked = {
  ...plain,
  replaces: { eventId: EventId.parse('$2'), pdu: pdu({ topic: 'old' }) },
  redactedBy: { eventId: EventId.parse('$4'), pdu: pdu({ reason: 'typo' }) },
};

test('an event says what it replaced and why its content is gone', () => {
  expect(clientEvent(linked).unsigned).toMatchObject({
    replaces_state: '$2',
    prev_content: { topic: 'old' },
    redacted_because: { event_id: '$4', room_id: roomId, content: { reason: 'typo' } },
  });
  expect(clientEvent(plain)).not.toHaveProperty('unsigned');
});

test.for([
  ['plain', plain],
  ['linked', linked],
] as const)('what one reader sees is added to the text of a %s event that all share', ([, entry]) => {
  const shared = JSON.parse(clientJson(entry)) as { unsigned?: object };
  expect(shared).toEqual(clientEvent(entry));
  const sent = { ...entry, transaction: { ...device, endpoint: 'send', transactionId: 'a "b"' } };
  expect(JSON.parse(clientJsonFor(sent, device, 'join'))).toEqual({
    ...shared,
    unsigned: { ...shared.unsigned, transaction_id: 'a "b"', membership: 'join' },
  });
  expect(clientJsonFor(sent, { ...device, deviceId: DeviceId.parse('OTHER') })).toBe(clientJson(entry));
  expect(clientJsonFor(entry, device)).toBe(clientJson(entry));
  expect(JSON.parse(clientJson(entry))).toEqual(shared);
  const relations = { 'm.thread': { count: 1 } };
  expect(JSON.parse(clientJsonFor(sent, device, 'join', JSON.stringify(relations)))).toEqual({
    ...shared,
    unsigned: { ...shared.unsigned, transaction_id: 'a "b"', membership: 'join', 'm.relations': relations },
  });
  expect(JSON.parse(clientJsonWith(entry, JSON.stringify(relations)))).toEqual({
    ...shared,
    unsigned: { ...shared.unsigned, 'm.relations': relations },
  });
  expect(clientJsonWith(entry, undefined)).toBe(clientJson(entry));
});
