import { ROOM_VERSIONS, type RoomVersion } from '@byline/protocol/event.ts';
import { EventId, RoomAlias, RoomId, UserId } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { pduOf } from '../event/pdu.fixture.ts';
import { ALICE, BOB, CAROL, EVE, roomIdFor, roomOf, type RoomParts } from '../event/room.fixture.ts';
import type { StateChange } from './presets.ts';
import { type UpgradePlan, upgradeEvents } from './upgrade.ts';
import { closedPowerLevels, upgradedPowerLevels } from './upgraded-power-levels.ts';

const NEWEST = EventId.parse('$newest');
const state = (type: string, content: JsonObject, stateKey = '') => pduOf({ type, state_key: stateKey, content });
const alias = (name: string) => RoomAlias.parse(`#${name}:example.org`);

const upgrade = (parts: RoomParts, plan: Partial<UpgradePlan> = {}): readonly StateChange[] => {
  const { more = [], members = {}, version = '11' } = parts;
  const room = roomOf({ ...parts, version });
  const bans = Object.entries(members).map(([user, membership]) => state('m.room.member', { membership }, user));
  return upgradeEvents({
    old: {
      ...room,
      id: roomIdFor(version),
      newest: NEWEST,
      ofType: (type) => [...bans, ...more].filter((pdu) => pdu.type === type),
    },
    version: '12',
    upgrader: UserId.parse(CAROL),
    profile: { displayname: 'Carol' },
    additionalCreators: [],
    aliases: new Set(),
    mayLinkTo: () => false,
    ...plan,
  });
};

const contentOf = (changes: readonly StateChange[], type: string, stateKey = '') =>
  changes.find((change) => change.type === type && change.stateKey === stateKey)?.content;

describe('the replacement of a room', () => {
  test('is created after the room, of its type, and as closed to other servers', () => {
    const predecessor = { room_id: roomIdFor('11'), event_id: NEWEST };
    const create = { type: 'm.space', 'm.federate': false, note: 1 };
    expect(contentOf(upgrade({}), 'm.room.create')).toStrictEqual({ predecessor });
    expect(contentOf(upgrade({ create }), 'm.room.create')).toStrictEqual({
      type: 'm.space',
      'm.federate': false,
      predecessor,
    });
  });

  test.each<[RoomVersion, readonly string[], unknown]>([
    ['12', [ALICE, ALICE, BOB], [ALICE, BOB]],
    ['12', [], undefined],
    ['11', [ALICE], undefined],
  ])('version %s for the creators %j', (version, creators, expected) => {
    const additionalCreators = creators.map((creator) => UserId.parse(creator));
    const content = contentOf(upgrade({ version: '10' }, { version, additionalCreators }), 'm.room.create');
    expect(content?.['additional_creators']).toEqual(expected);
  });

  test('does not take over the creators of the room', () => {
    const changes = upgrade({ version: '12', create: { additional_creators: [ALICE] } });
    expect(contentOf(changes, 'm.room.create')).not.toHaveProperty('additional_creators');
  });

  test('says of itself what the room says, and nothing that depends on who says it', () => {
    const more = [
      state('m.room.server_acl', { allow: ['*'] }),
      state('m.room.encryption', { algorithm: 'a' }),
      state('m.room.name', { name: 'Hall' }),
      state('m.room.avatar', {}),
      state('m.room.topic', { topic: 'About' }),
      state('m.room.guest_access', { guest_access: 'forbidden' }),
      state('m.room.history_visibility', { history_visibility: 'joined' }),
      state('m.room.join_rules', { join_rule: 'public' }),
      state('m.room.pinned_events', { pinned: ['$a'] }),
      state('org.example', { value: 1 }),
      state('m.room.member', { membership: 'join' }, BOB),
    ];
    const types = upgrade({ more }).map(({ type, stateKey }) => `${type}${stateKey}`);
    expect(types).toEqual([
      'm.room.create',
      `m.room.member${CAROL}`,
      'm.room.server_acl',
      'm.room.encryption',
      'm.room.name',
      'm.room.topic',
      'm.room.guest_access',
      'm.room.history_visibility',
      'm.room.join_rules',
      'm.room.power_levels',
    ]);
    expect(contentOf(upgrade({ more }), 'm.room.member', CAROL)).toEqual({ membership: 'join', displayname: 'Carol' });
  });

  test.each<[rule: string, version: RoomVersion, expected: string]>([
    ['public', '6', 'public'],
    ['invite', '12', 'invite'],
    ['knock', '7', 'knock'],
    ['knock', '6', 'invite'],
    ['restricted', '8', 'restricted'],
    ['restricted', '7', 'invite'],
    ['knock_restricted', '10', 'knock_restricted'],
    ['knock_restricted', '9', 'restricted'],
    ['knock_restricted', '7', 'invite'],
    ['private', '12', 'invite'],
  ])('the join rule %s in version %s is %s', (rule, version, expected) => {
    const more = [state('m.room.join_rules', { join_rule: rule, allow: [] })];
    expect(contentOf(upgrade({ more }, { version }), 'm.room.join_rules')).toEqual({ join_rule: expected, allow: [] });
  });

  test.each<[JsonObject, readonly string[], JsonObject | undefined]>([
    [
      { alias: alias('a'), alt_aliases: [alias('b'), alias('c')] },
      ['a', 'b'],
      { alias: alias('a'), alt_aliases: [alias('b')] },
    ],
    [{ alias: alias('a'), alt_aliases: [alias('b')] }, ['b'], { alt_aliases: [alias('b')] }],
    [{ alias: alias('a') }, ['b'], undefined],
    [{ alt_aliases: 7 }, ['b'], undefined],
    [{}, ['b'], undefined],
  ])('of the name %j it keeps what moves of %j', (content, moving, expected) => {
    const changes = upgrade(
      { more: [state('m.room.canonical_alias', content)] },
      { aliases: new Set(moving.map(alias)) },
    );
    expect(contentOf(changes, 'm.room.canonical_alias')).toEqual(expected);
  });

  test('keeps its links to rooms and spaces', () => {
    const via = { via: ['example.org'] };
    const more = [
      state('m.space.child', { ...via, order: 'a' }, '!child:a'),
      state('m.space.child', {}, '!gone:a'),
      state('m.space.parent', { ...via, canonical: true }, '!mine:a'),
      state('m.space.parent', via, '!theirs:a'),
      state('m.space.parent', via, 'nowhere'),
    ];
    const changes = upgrade({ more }, { mayLinkTo: (roomId) => roomId === RoomId.parse('!mine:a') });
    const links = changes.filter(({ type }) => type.startsWith('m.space')).map(({ stateKey }) => stateKey);
    expect(links).toEqual(['!child:a', '!mine:a']);
  });

  test('keeps out who is banned, but none of its creators', () => {
    const banned = state('m.room.member', { membership: 'ban', reason: 'spam', displayname: 'Eve' }, EVE);
    const creator = state('m.room.member', { membership: 'ban' }, BOB);
    const changes = upgrade({ more: [banned, creator] }, { additionalCreators: [UserId.parse(BOB)] });
    expect(contentOf(changes, 'm.room.member', EVE)).toEqual({ membership: 'ban', reason: 'spam' });
    expect(contentOf(changes, 'm.room.member', BOB)).toBeUndefined();
  });

  test('has a bound of bans', () => {
    const more = Array.from({ length: 1_200 }, (_, index) =>
      state('m.room.member', { membership: 'ban' }, `@spam${index}:example.org`),
    );
    expect(upgrade({ more }).filter(({ content }) => content['membership'] === 'ban')).toHaveLength(1_000);
  });
});

const levels = (parts: RoomParts, version: RoomVersion, creators: readonly string[] = [CAROL]) =>
  upgradedPowerLevels(roomOf(parts), version, new Set(creators));

describe('its power levels', () => {
  test.each(ROOM_VERSIONS)('are those of the room, from version %s to 11', (version) => {
    const content = { users: { [CAROL]: 100, [ALICE]: 50 }, events: { 'm.room.name': 0 }, kick: 60, note: 'x' };
    expect(levels({ version, levels: content }, '11')).toEqual(content);
  });

  test('are whole numbers, whatever they were', () => {
    const content = {
      ban: '60',
      kick: 'high',
      users: { [ALICE]: ' +050 ', [BOB]: 50.7, alice: 1 },
      events: { x: '5', y: 'z' },
      notifications: 'loud',
    };
    expect(levels({ version: '5', levels: content }, '11')).toEqual({
      ban: 60,
      users: { [ALICE]: 50, [BOB]: 50 },
      events: { x: 5 },
      notifications: {},
    });
  });

  test('do not list the creators of a version 12 room', () => {
    const content = { users: { [CAROL]: 100, [ALICE]: 100, [BOB]: 50 } };
    expect(levels({ version: '11', levels: content }, '12', [CAROL, ALICE])['users']).toEqual({ [BOB]: 50 });
  });

  test.each<[string, JsonObject, number]>([
    ['not said', {}, 150],
    ['no more than other state', { state_default: 100, events: { 'm.room.tombstone': 100 } }, 150],
    ['no more than other state, which is much', { state_default: 200 }, 201],
    ['more', { events: { 'm.room.tombstone': 100 } }, 100],
  ])('ask of who replaces a version 12 room more than of others; it was %s', (_what, content, expected) => {
    const { events } = levels({ version: '11', levels: content }, '12');
    expect(events).toMatchObject({ 'm.room.tombstone': expected });
  });

  test('list who stood above all levels where nobody does', () => {
    const create = { additional_creators: [ALICE] };
    const content = { users: { [BOB]: 50 }, events: { 'm.room.tombstone': 150 } };
    const { users } = levels({ version: '12', create, levels: content }, '11');
    expect(users).toEqual({ [CAROL]: 150, [ALICE]: 150, [BOB]: 50 });
  });

  test('leave to who was a creator, and is none any more, what owners have', () => {
    const create = { additional_creators: [ALICE, EVE] };
    const { users } = levels({ version: '12', create, levels: { users: { [BOB]: 150 } } }, '12', [BOB, EVE]);
    expect(users).toEqual({ [CAROL]: 100, [ALICE]: 100 });
  });

  test('list the creator of a room that says nothing of levels', () => {
    expect(levels({ version: '11' }, '11')['users']).toEqual({ [CAROL]: 100 });
  });
});

describe('the levels of a room that was replaced', () => {
  test.each<[what: string, content: JsonObject, power: number, expected: JsonObject | undefined]>([
    ['nothing said', {}, 100, { events_default: 50, invite: 50 }],
    ['some said', { ban: 70, invite: 100 }, 100, { ban: 70, events_default: 50, invite: 100 }],
    ['much by default', { users_default: 60 }, 100, { users_default: 60, events_default: 61, invite: 61 }],
    ['closed already', { events_default: 50, invite: 50 }, 100, undefined],
    ['by who may not say so', {}, 49, undefined],
    ['by who just may', {}, 50, { events_default: 50, invite: 50 }],
  ])('%s', (_what, content, power, expected) => {
    expect(closedPowerLevels(roomOf({ version: '11', levels: content }), power)).toEqual(expected);
  });

  test('are not made up, because its creator would lose by them', () => {
    expect(closedPowerLevels(roomOf({ version: '11' }), 100)).toBeUndefined();
  });
});
