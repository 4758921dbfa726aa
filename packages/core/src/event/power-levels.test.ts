import type { RoomVersion } from '@byline/protocol/event.ts';
import { describe, expect, test } from 'vitest';
import {
  creatorsOf,
  levelToDo,
  levelToNotify,
  levelToSend,
  mayBan,
  mayInvite,
  mayKick,
  mayRedact,
  maySend,
  mayUnban,
  powerOf,
} from './power-levels.ts';
import { ALICE, BOB, CAROL, EVE, noRoom, roomOf } from './room.fixture.ts';
import type { RoomParts } from './room.fixture.ts';

describe('powerOf', () => {
  const listed = { users: { [ALICE]: 30, [BOB]: -1 }, users_default: 7 };
  test.each<[version: RoomVersion, parts: RoomParts, user: string, power: number]>([
    ['10', {}, CAROL, 100],
    ['10', {}, ALICE, 0],
    ['10', { create: { creator: ALICE } }, ALICE, 100],
    ['11', {}, CAROL, 100],
    ['11', { create: { creator: ALICE } }, ALICE, 0],
    ['11', { levels: {} }, CAROL, 0],
    ['11', { levels: listed }, ALICE, 30],
    ['11', { levels: listed }, BOB, -1],
    ['11', { levels: listed }, EVE, 7],
    ['11', { levels: { users: {} } }, 'constructor', 0],
    ['11', { levels: { users: { [ALICE]: '50' } } }, ALICE, 0],
    ['12', {}, CAROL, Infinity],
    ['12', { levels: { users: { [CAROL]: 1 } } }, CAROL, Infinity],
    ['12', { create: { additional_creators: [ALICE] } }, ALICE, Infinity],
    ['12', { create: { additional_creators: 'none' } }, ALICE, 0],
    ['12', { levels: listed }, ALICE, 30],
    ['11', { create: { additional_creators: [ALICE] } }, ALICE, 0],
  ])('version %s, %j: %s has %d', (version, parts, user, power) => {
    expect(powerOf(user, roomOf({ version, ...parts }))).toBe(power);
  });

  test('nobody has power in a room that does not exist', () => {
    expect(powerOf(CAROL, noRoom('12'))).toBe(0);
    expect(creatorsOf(noRoom('12'))).toEqual([]);
  });
});

describe('the level that something needs', () => {
  const bare = roomOf({});
  const set = roomOf({
    levels: {
      ban: 1,
      kick: 2,
      invite: 3,
      redact: 4,
      state_default: 5,
      events_default: 6,
      events: { 'm.room.name': 8, 'm.reaction': -2 },
      notifications: { room: 9 },
    },
  });

  test.each([
    ['ban', levelToDo('ban', bare), 50, levelToDo('ban', set), 1],
    ['kick', levelToDo('kick', bare), 50, levelToDo('kick', set), 2],
    ['invite', levelToDo('invite', bare), 0, levelToDo('invite', set), 3],
    ['redact', levelToDo('redact', bare), 50, levelToDo('redact', set), 4],
    ['a state event', levelToSend('x', true, bare), 50, levelToSend('x', true, set), 5],
    ['a message', levelToSend('x', false, bare), 0, levelToSend('x', false, set), 6],
    ['a named state event', levelToSend('m.room.name', true, bare), 50, levelToSend('m.room.name', true, set), 8],
    ['a named message', levelToSend('m.reaction', false, bare), 0, levelToSend('m.reaction', false, set), -2],
    [
      'a type with the name of an inherited property',
      levelToSend('toString', false, bare),
      0,
      levelToSend('toString', false, set),
      6,
    ],
    ['@room', levelToNotify('room', bare), 50, levelToNotify('room', set), 9],
    ['another notification', levelToNotify('other', bare), 50, levelToNotify('other', set), 50],
  ])('%s', (_name, byDefault, expectedDefault, whenSet, expectedSet) => {
    expect([byDefault, whenSet]).toEqual([expectedDefault, expectedSet]);
  });
});

describe('what a user may do', () => {
  const levels = { users: { [ALICE]: 50, [BOB]: 50, '@low:example.org': 49 }, kick: 40, ban: 50, invite: 20 };
  const room = roomOf({ version: '11', levels, members: { '@low:example.org': 'join', [EVE]: 'leave' } });
  const LOW = '@low:example.org';

  test.each([
    ['kick somebody lower', mayKick(ALICE, LOW, room), true],
    ['kick an equal', mayKick(ALICE, BOB, room), false],
    ['kick somebody higher', mayKick(LOW, ALICE, room), false],
    ['kick from outside', mayKick(EVE, CAROL, room), false],
    ['kick at the level', mayKick(LOW, CAROL, room), true],
    ['ban at the level', mayBan(ALICE, LOW, room), true],
    ['ban below the level', mayBan(LOW, CAROL, room), false],
    ['unban needs both levels', mayUnban(LOW, EVE, room), false],
    ['unban with both levels', mayUnban(ALICE, EVE, room), true],
    ['invite', mayInvite(LOW, room), true],
    ['invite below the level', mayInvite(CAROL, room), false],
    ['send a message', maySend(CAROL, 'm.room.message', false, room), true],
    ['send state', maySend(LOW, 'm.room.name', true, room), false],
    ['send from outside', maySend(EVE, 'm.room.message', false, room), false],
    ['redact their own', mayRedact(CAROL, CAROL, room), true],
    ['redact another’s', mayRedact(CAROL, LOW, room), false],
    ['redact another’s with the level', mayRedact(ALICE, BOB, room), true],
    [
      'redact their own where redactions need a level',
      mayRedact(LOW, LOW, roomOf({ levels: { events: { 'm.room.redaction': 1 } }, members: { [LOW]: 'join' } })),
      false,
    ],
  ])('%s', (_name, may, expected) => {
    expect(may).toBe(expected);
  });
});
