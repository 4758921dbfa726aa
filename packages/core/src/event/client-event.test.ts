import { EventId } from '@byline/protocol/ids.ts';
import { describe, expect, test } from 'vitest';
import { strippedStateOf, toClientEvent, toStrippedEvent } from './client-event.ts';
import { pduOf, ROOM } from './pdu.fixture.ts';
import { ALICE, CAROL, EVE, noRoom, roomOf } from './room.fixture.ts';

const ID = EventId.parse('$event');
const COMMON = { event_id: '$event', room_id: ROOM, sender: ALICE, origin_server_ts: 1_700_000_000_000 };

describe('toClientEvent', () => {
  test('a message', () => {
    const pdu = pduOf({ content: { body: 'hello' }, unsigned: { age: 7 } });
    expect(toClientEvent(pdu, ID, ROOM)).toStrictEqual({
      ...COMMON,
      type: 'm.room.message',
      content: { body: 'hello' },
    });
  });

  test('state, with what the server adds', () => {
    const pdu = pduOf({ type: 'm.room.name', state_key: '', content: { name: 'Hall' }, unsigned: { age: 7 } });
    expect(toClientEvent(pdu, ID, ROOM, { age: 12, prev_content: { name: 'Room' } })).toStrictEqual({
      ...COMMON,
      type: 'm.room.name',
      state_key: '',
      content: { name: 'Hall' },
      unsigned: { age: 12, prev_content: { name: 'Room' } },
    });
  });

  test('the create event of a version 12 room gets the room id that it lacks', () => {
    const { room_id: _room, ...create } = pduOf({ type: 'm.room.create', state_key: '' });
    expect(toClientEvent(create, ID, ROOM).room_id).toBe(ROOM);
  });

  test.each([
    ['before version 11', pduOf({ type: 'm.room.redaction', redacts: '$target', content: { reason: 'a slip' } })],
    ['since version 11', pduOf({ type: 'm.room.redaction', content: { reason: 'a slip', redacts: '$target' } })],
  ])('a redaction names its target at both places: %s', (_version, pdu) => {
    expect(toClientEvent(pdu, ID, ROOM)).toStrictEqual({
      ...COMMON,
      type: 'm.room.redaction',
      redacts: '$target',
      content: { reason: 'a slip', redacts: '$target' },
    });
  });

  test.each([
    ['a redaction of nothing', pduOf({ type: 'm.room.redaction' })],
    ['a redaction of what is no event', pduOf({ type: 'm.room.redaction', content: { redacts: 7 } })],
    ['a message that says redacts', pduOf({ content: { redacts: '$target' } })],
  ])('%s has no target', (_what, pdu) => {
    const event = toClientEvent(pdu, ID, ROOM);
    expect(event).not.toHaveProperty('redacts');
    expect(event.content).toBe(pdu.content);
  });
});

describe('stripped state', () => {
  test('has four properties', () => {
    const stripped = { type: 'm.room.name', state_key: '', sender: ALICE, content: { name: 'Hall' } };
    expect(toStrippedEvent(pduOf({ ...stripped, unsigned: { age: 7 } }))).toStrictEqual(stripped);
  });

  test('is made of state only', () => {
    expect(toStrippedEvent(pduOf({}))).toBeUndefined();
  });

  test('of a room: what identifies it, and the people named, but not who else is there or what was said', () => {
    const more = [
      pduOf({ type: 'm.room.name', state_key: '' }),
      pduOf({ type: 'm.room.encryption', state_key: '' }),
      pduOf({ type: 'm.room.history_visibility', state_key: '' }),
      pduOf({ type: 'm.room.pinned_events', state_key: '' }),
      pduOf({ type: 'm.room.message' }),
    ];
    const room = roomOf({ members: { [EVE]: 'invite' }, levels: {}, joinRule: 'invite', more });
    const shown = strippedStateOf(room, [EVE, CAROL, '@nobody:example.org']).map((event) => [
      event.type,
      event.state_key,
    ]);
    expect(shown).toEqual([
      ['m.room.create', ''],
      ['m.room.name', ''],
      ['m.room.join_rules', ''],
      ['m.room.encryption', ''],
      ['m.room.member', EVE],
      ['m.room.member', CAROL],
    ]);
    expect(strippedStateOf(noRoom('12'))).toEqual([]);
  });
});
