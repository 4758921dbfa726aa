import type { Pdu, RoomVersion } from '@byline/protocol/event.ts';
import { ROOM_VERSIONS } from '@byline/protocol/event.ts';
import { describe, expect, test } from 'vitest';
import { authorise } from './authorisation.ts';
import { pduOf } from './pdu.fixture.ts';
import type { PduParts } from './pdu.fixture.ts';
import { ALICE, CAROL, creatorNamed, EVE, noRoom, outcomeOf, roomIdFor, roomOf } from './room.fixture.ts';
import type { RoomParts } from './room.fixture.ts';
import type { AuthState } from './room-state.ts';

/** `allowed`, or a part of the reason. */
type Expected = string;

const outcome = (event: Pdu, state: AuthState): string => outcomeOf(authorise(event, state));

const createOf = ({ room_id, content = {}, ...parts }: PduParts, version: RoomVersion): Pdu => {
  const { room_id: _placeholder, ...pdu } = pduOf({
    type: 'm.room.create',
    state_key: '',
    sender: CAROL,
    prev_events: [],
    content: { room_version: version, ...creatorNamed(version), ...content },
    ...parts,
  });
  return room_id === undefined ? pdu : { ...pdu, ...pduOf({ room_id }), ...pdu };
};

describe('m.room.create', () => {
  const OURS = '!room:example.org';

  test.each<[version: RoomVersion, what: string, parts: PduParts, expected: Expected]>([
    ['10', 'whole', { room_id: OURS }, 'allowed'],
    ['11', 'whole', { room_id: OURS }, 'allowed'],
    ['12', 'whole', {}, 'allowed'],
    ['10', 'not first', { room_id: OURS, prev_events: ['$before'] }, 'by its first event'],
    ['12', 'not first', { prev_events: ['$before'] }, 'by its first event'],
    ['10', 'room of another server', { room_id: '!room:other.org' }, 'of the server'],
    ['11', 'room of another server', { room_id: '!room:other.org' }, 'of the server'],
    ['11', 'no room id', {}, 'of the server'],
    ['11', 'room id without a server', { room_id: '!room' }, 'of the server'],
    ['12', 'a room id', { room_id: '!room' }, 'must not be in it'],
    ['12', 'unknown version', { content: { room_version: '99' } }, 'version is not 12'],
    ['11', 'another version', { room_id: OURS, content: { room_version: '12' } }, 'version is not 11'],
    ['11', 'no creator named', { room_id: OURS }, 'allowed'],
    ['12', 'more creators', { content: { additional_creators: [ALICE, EVE] } }, 'allowed'],
    ['12', 'no list of creators', { content: { additional_creators: ALICE } }, 'list of user ids'],
    ['12', 'null for creators', { content: { additional_creators: null } }, 'list of user ids'],
    ['12', 'a creator that is no user', { content: { additional_creators: ['alice'] } }, 'list of user ids'],
    ['12', 'a creator that is no text', { content: { additional_creators: [7] } }, 'list of user ids'],
    ['11', 'additional creators mean nothing', { room_id: OURS, content: { additional_creators: 7 } }, 'allowed'],
  ])('version %s, %s', (version, _what, parts, expected) => {
    expect(outcome(createOf(parts, version), noRoom(version))).toContain(expected);
  });

  test('version 10, no creator named', () => {
    const { creator: _creator, ...content } = createOf({}, '10').content;
    expect(outcome({ ...createOf({ room_id: OURS }, '10'), content }, noRoom('10'))).toContain('name its creator');
  });

  test('a room is created once', () => {
    expect(outcome(createOf({}, '12'), roomOf({}))).toContain('by its first event');
  });
});

describe.each(ROOM_VERSIONS)('events in a room of version %s', (version) => {
  const event = (parts: PduParts): Pdu => pduOf({ sender: ALICE, room_id: roomIdFor(version), ...parts });
  const room = (parts: RoomParts): AuthState => roomOf({ version, ...parts });

  test.each<[what: string, parts: RoomParts, event: PduParts, expected: Expected]>([
    ['a message', {}, {}, 'allowed'],
    ['a message of somebody outside', {}, { sender: EVE }, 'Only members'],
    ['a message of somebody invited', { members: { [EVE]: 'invite' } }, { sender: EVE }, 'Only members'],
    ['a message of somebody banned', { members: { [ALICE]: 'ban' } }, {}, 'Only members'],
    ['a message of another room', {}, { room_id: '!another:example.org' }, 'another room'],
    ['a message below the level', { levels: { events_default: 1 } }, {}, 'to send m.room.message'],
    ['a message at the level', { levels: { events_default: 1, users: { [ALICE]: 1 } } }, {}, 'allowed'],
    ['a redaction of anything', {}, { type: 'm.room.redaction', redacts: '$any' }, 'allowed'],
    ['state below the level', {}, { type: 'm.room.name', state_key: '' }, 'to send m.room.name'],
    ['state at the level', { levels: { state_default: 0 } }, { type: 'm.room.name', state_key: '' }, 'allowed'],
    [
      'state with a level of its own',
      { levels: { events: { 'm.room.topic': 0 } } },
      { type: 'm.room.topic', state_key: '' },
      'allowed',
    ],
    ['state under the own name', { levels: { state_default: 0 } }, { type: 'x', state_key: ALICE }, 'allowed'],
    ['state under another name', { levels: { state_default: 0 } }, { type: 'x', state_key: EVE }, 'that user only'],
    [
      'even a creator, under another name',
      {},
      { type: 'x', state_key: `${CAROL}.more`, sender: CAROL },
      'that user only',
    ],
    ['an invitation by mail', {}, { type: 'm.room.third_party_invite', state_key: 't' }, 'allowed'],
    [
      'an invitation by mail below the level',
      { levels: { invite: 1, state_default: 0 } },
      { type: 'm.room.third_party_invite', state_key: 't' },
      'to invite people',
    ],
    ['a room of one server, and a user of it', { create: { 'm.federate': false } }, {}, 'allowed'],
    [
      'a room of one server, and a user of another',
      { create: { 'm.federate': false }, members: { '@ann:other.org': 'join' } },
      { sender: '@ann:other.org' },
      'only for users of the server',
    ],
    [
      'a federated room, and a user of another server',
      { members: { '@ann:other.org': 'join' } },
      { sender: '@ann:other.org' },
      'allowed',
    ],
  ])('%s', (_what, parts, sent, expected) => {
    expect(outcome(event(sent), room(parts))).toContain(expected);
  });

  test('nothing goes before the creation', () => {
    expect(outcome(event({}), noRoom(version))).toContain('not been created');
  });

  test('no room id is no room', () => {
    const { room_id: _room, ...nowhere } = event({});
    expect(outcome(nowhere, { ...room({}), roomId: undefined })).toContain('another room');
  });
});
