import type { RoomVersion } from '@byline/protocol/event.ts';
import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { authorise } from './authorisation.ts';
import { pduOf } from './pdu.fixture.ts';
import { ALICE, BOB, CAROL, EVE, outcomeOf, roomIdFor, roomOf, versionsSince } from './room.fixture.ts';
import type { RoomParts } from './room.fixture.ts';

/** `allowed`, or a part of the reason. */
type Expected = string;

const outcome = (version: RoomVersion, room: RoomParts, sender: string, content: JsonObject): string => {
  const event = pduOf({ type: 'm.room.power_levels', state_key: '', sender, content, room_id: roomIdFor(version) });
  return outcomeOf(authorise(event, roomOf({ version, ...room })));
};

describe.each(versionsSince('10'))('the shape of power levels, version %s', (version) => {
  const malformed: readonly Json[] = ['50', 1.5, null, true, [], {}];
  const single = ['users_default', 'events_default', 'state_default', 'ban', 'redact', 'kick', 'invite'];

  test.each(single.flatMap((name) => malformed.map((level): [string, Json] => [name, level])))(
    '%s: %j',
    (name, level) => {
      expect(outcome(version, {}, CAROL, { [name]: level })).toContain('must be a whole number');
    },
  );
  test.each(single)('%s: -1', (name) => {
    expect(outcome(version, {}, CAROL, { [name]: -1 })).toContain('allowed');
  });

  const byName = ['events', 'notifications', 'users'];
  const noLevels: readonly Json[] = ['50', 5, null, [], { [ALICE]: '50' }, { [ALICE]: 0.5 }, { [ALICE]: null }];
  test.each(byName.flatMap((name) => noLevels.map((levels): [string, Json] => [name, levels])))(
    '%s: %j',
    (name, levels) => {
      expect(outcome(version, {}, CAROL, { [name]: levels })).toContain(`under “${name}”`);
    },
  );
  test.each(byName)('%s: one level', (name) => {
    expect(outcome(version, {}, CAROL, { [name]: { [ALICE]: 5 } })).toContain('allowed');
  });

  test.each(['alice', '', '#alice:example.org', '@alice'])('users: “%s”', (user) => {
    expect(outcome(version, {}, CAROL, { users: { [user]: 1 } })).toContain('by user id');
  });
  test('what the rules do not name may be anything', () => {
    expect(outcome(version, {}, CAROL, { note: 'text' })).toContain('allowed');
  });
});

describe('creators in the list of users', () => {
  const two: RoomParts = { create: { additional_creators: [ALICE] } };
  test.each<[RoomVersion, RoomParts, string, Expected]>([
    ['10', {}, CAROL, 'allowed'],
    ['11', two, ALICE, 'allowed'],
    ['12', {}, CAROL, 'cannot be listed'],
    ['12', two, ALICE, 'cannot be listed'],
    ['12', two, BOB, 'allowed'],
  ])('version %s, %j: %s', (version, room, listed, expected) => {
    expect(outcome(version, room, CAROL, { users: { [listed]: 5 } })).toContain(expected);
  });
});

/** Alice has 50, as Bob has; Carol has 100; Eve, who is not in the room, has 49. */
const CURRENT: JsonObject = {
  users: { [CAROL]: 100, [ALICE]: 50, [BOB]: 50, [EVE]: 49 },
  ban: 50,
  kick: 60,
  events: { low: 50, high: 51 },
  notifications: { room: 50, high: 51 },
};
const { ban: _ban, ...WITHOUT_BAN } = CURRENT;
const { kick: _kick, ...WITHOUT_KICK } = CURRENT;
const users = (changed: JsonObject): JsonObject => ({ ...CURRENT, users: changed });

describe('changes of power levels by somebody with 50', () => {
  const rows: readonly (readonly [what: string, content: JsonObject, expected: Expected])[] = [
    ['nothing', CURRENT, 'allowed'],
    ['a level up to the own', { ...CURRENT, ban: 0, invite: 50 }, 'allowed'],
    ['a level above the own', { ...CURRENT, ban: 51 }, 'above their own'],
    ['a new level above the own', { ...CURRENT, redact: 51 }, 'above their own'],
    ['removing a level', WITHOUT_BAN, 'allowed'],
    ['lowering a level that stands above', { ...CURRENT, kick: 0 }, 'above their own'],
    ['removing a level that stands above', WITHOUT_KICK, 'above their own'],
    ['users_default', { ...CURRENT, users_default: 51 }, 'above their own'],
    ...['events', 'notifications'].flatMap((name): [string, JsonObject, Expected][] => {
      const current: JsonObject = name === 'events' ? { low: 50, high: 51 } : { room: 50, high: 51 };
      const [first = ''] = Object.keys(current);
      return [
        [`${name}: lowering one`, { ...CURRENT, [name]: { ...current, [first]: 0 } }, 'allowed'],
        [`${name}: removing one`, { ...CURRENT, [name]: { high: 51 } }, 'allowed'],
        [`${name}: raising one above`, { ...CURRENT, [name]: { ...current, [first]: 51 } }, 'above their own'],
        [`${name}: adding one`, { ...CURRENT, [name]: { ...current, added: 50 } }, 'allowed'],
        [`${name}: adding one above`, { ...CURRENT, [name]: { ...current, added: 51 } }, 'above their own'],
        [`${name}: lowering one that stands above`, { ...CURRENT, [name]: { ...current, high: 1 } }, 'above their own'],
        [`${name}: removing all`, { ...CURRENT, [name]: {} }, 'above their own'],
      ];
    }),
    ['lowering oneself', users({ [CAROL]: 100, [ALICE]: 1, [BOB]: 50, [EVE]: 49 }), 'allowed'],
    ['removing oneself', users({ [CAROL]: 100, [BOB]: 50, [EVE]: 49 }), 'allowed'],
    ['raising oneself', users({ [CAROL]: 100, [ALICE]: 51, [BOB]: 50, [EVE]: 49 }), 'above their own'],
    ['lowering an equal', users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 49, [EVE]: 49 }), 'as high as their own'],
    ['removing an equal', users({ [CAROL]: 100, [ALICE]: 50, [EVE]: 49 }), 'as high as their own'],
    ['lowering somebody higher', users({ [CAROL]: 0, [ALICE]: 50, [BOB]: 50, [EVE]: 49 }), 'as high as their own'],
    ['raising somebody lower to the own', users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 50, [EVE]: 50 }), 'allowed'],
    ['raising somebody lower above', users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 50, [EVE]: 51 }), 'above their own'],
    ['removing somebody lower', users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 50 }), 'allowed'],
    ['adding somebody', users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 50, [EVE]: 49, '@dan:example.org': 50 }), 'allowed'],
    [
      'adding somebody above',
      users({ [CAROL]: 100, [ALICE]: 50, [BOB]: 50, [EVE]: 49, '@dan:example.org': 51 }),
      'above their own',
    ],
  ];

  test.each(rows)('%s', (_what, content, expected) => {
    expect(outcome('11', { levels: CURRENT }, ALICE, content)).toContain(expected);
  });

  test('below the level of the event itself', () => {
    expect(outcome('11', { levels: CURRENT }, EVE, CURRENT)).toContain('Only members');
    expect(outcome('11', { levels: { ...CURRENT, events: { 'm.room.power_levels': 51 } } }, ALICE, CURRENT)).toContain(
      'm.room.power_levels',
    );
  });
});

describe('changes of power levels by a creator of a version 12 room', () => {
  const { users: _users, ...levels } = CURRENT;
  test('have no limit', () => {
    const high = { ...levels, users: { [ALICE]: 9_007_199_254_740_991 }, ban: 9_007_199_254_740_991 };
    expect(outcome('12', { levels: { ...levels, users: { [BOB]: 1000 } } }, CAROL, high)).toContain('allowed');
  });
});

describe('the first power levels', () => {
  test.each<[RoomVersion, string, Expected]>([
    ['11', CAROL, 'allowed'],
    ['12', CAROL, 'allowed'],
    ['11', ALICE, 'm.room.power_levels'],
  ])('version %s by %s', (version, sender, expected) => {
    expect(outcome(version, {}, sender, { users: { [ALICE]: 1000 } })).toContain(expected);
  });
});
