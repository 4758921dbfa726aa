import { ROOM_VERSIONS } from '@byline/protocol/event.ts';
import type { Pdu } from '@byline/protocol/event.ts';
import { EventId, RoomAlias, RoomId, UserId } from '@byline/protocol/ids.ts';
import { describe, expect, test } from 'vitest';
import { authorise } from '../event/authorisation.ts';
import { pduOf } from '../event/pdu.fixture.ts';
import { powerOf } from '../event/power-levels.ts';
import type { AuthState } from '../event/room-state.ts';
import { ROOM_VERSION_RULES } from '../event/room-version.ts';
import { creationEvents } from './presets.ts';
import type { RoomBlueprint, StateChange } from './presets.ts';

const CAROL = UserId.parse('@carol:example.org');
const ALICE = UserId.parse('@alice:example.org');
const BOB = UserId.parse('@bob:example.org');

const make = (parts: Partial<RoomBlueprint>): readonly StateChange[] =>
  creationEvents({ version: '12', creator: CAROL, ...parts });
const contentOf = (changes: readonly StateChange[], type: string, stateKey = '') =>
  changes.findLast((change) => change.type === type && change.stateKey === stateKey)?.content;
const shown = (changes: readonly StateChange[]): readonly string[] =>
  changes.map(({ type, stateKey }) => (stateKey === '' ? type : `${type} ${stateKey}`));

describe('the events and their order', () => {
  test('with everything that can be asked for', () => {
    const changes = make({
      preset: 'private_chat',
      canonicalAlias: RoomAlias.parse('#hall:example.org'),
      name: 'Hall',
      topic: 'All about it',
      invite: [ALICE, BOB, ALICE],
      initialState: [
        { type: 'm.room.encryption', stateKey: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } },
        { type: 'm.space.parent', stateKey: '!space:example.org', content: { via: ['example.org'] } },
      ],
    });
    expect(shown(changes)).toEqual([
      'm.room.create',
      'm.room.member @carol:example.org',
      'm.room.power_levels',
      'm.room.canonical_alias',
      'm.room.join_rules',
      'm.room.history_visibility',
      'm.room.guest_access',
      'm.room.encryption',
      'm.space.parent !space:example.org',
      'm.room.name',
      'm.room.topic',
      'm.room.member @alice:example.org',
      'm.room.member @bob:example.org',
    ]);
    expect(contentOf(changes, 'm.room.canonical_alias')).toEqual({ alias: '#hall:example.org' });
    expect(contentOf(changes, 'm.room.name')).toEqual({ name: 'Hall' });
    expect(contentOf(changes, 'm.room.topic')).toEqual({
      topic: 'All about it',
      'm.topic': { 'm.text': [{ mimetype: 'text/plain', body: 'All about it' }] },
    });
    expect(contentOf(changes, 'm.room.member', ALICE)).toEqual({ membership: 'invite' });
  });

  test('with nothing asked for', () => {
    expect(shown(make({}))).toEqual([
      'm.room.create',
      'm.room.member @carol:example.org',
      'm.room.power_levels',
      'm.room.join_rules',
      'm.room.history_visibility',
      'm.room.guest_access',
    ]);
  });

  test('initial state comes before the preset’s, name and topic before the initial state', () => {
    const changes = make({
      name: 'Hall',
      initialState: [
        { type: 'm.room.join_rules', stateKey: '', content: { join_rule: 'knock' } },
        { type: 'm.room.name', stateKey: '', content: { name: 'Other' } },
      ],
    });
    expect(shown(changes).filter((type) => type === 'm.room.join_rules')).toHaveLength(1);
    expect(contentOf(changes, 'm.room.join_rules')).toEqual({ join_rule: 'knock' });
    expect(contentOf(changes, 'm.room.name')).toEqual({ name: 'Hall' });
  });

  test('memberships carry profiles, and say that a talk is direct', () => {
    const changes = make({ invite: [ALICE], isDirect: true, profileOf: (user) => ({ displayname: user.slice(1, 4) }) });
    expect(contentOf(changes, 'm.room.member', CAROL)).toEqual({ membership: 'join', displayname: 'car' });
    expect(contentOf(changes, 'm.room.member', ALICE)).toEqual({
      membership: 'invite',
      is_direct: true,
      displayname: 'ali',
    });
  });
});

describe('presets', () => {
  test.each([
    [{ preset: 'private_chat' }, 'invite', 'can_join', 0],
    [{ preset: 'trusted_private_chat' }, 'invite', 'can_join', 0],
    [{ preset: 'public_chat' }, 'public', 'forbidden', 50],
    [{ visibility: 'public' }, 'public', 'forbidden', 50],
    [{ visibility: 'private' }, 'invite', 'can_join', 0],
    [{}, 'invite', 'can_join', 0],
    [{ preset: 'private_chat', visibility: 'public' }, 'invite', 'can_join', 0],
  ] as const)('%j', (parts, joinRule, guestAccess, levelToInvite) => {
    const changes = make(parts);
    expect(contentOf(changes, 'm.room.join_rules')).toEqual({ join_rule: joinRule });
    expect(contentOf(changes, 'm.room.history_visibility')).toEqual({ history_visibility: 'shared' });
    expect(contentOf(changes, 'm.room.guest_access')).toEqual({ guest_access: guestAccess });
    expect(contentOf(changes, 'm.room.power_levels')).toMatchObject({ invite: levelToInvite });
  });
});

describe('the creation', () => {
  const given = { 'm.federate': false, creator: BOB, room_version: '1', type: 'm.space' };
  test.each([
    ['10', { 'm.federate': false, type: 'm.space', room_version: '10', creator: CAROL }],
    ['11', { 'm.federate': false, type: 'm.space', room_version: '11' }],
    ['12', { 'm.federate': false, type: 'm.space', room_version: '12' }],
  ] as const)('version %s', (version, content) => {
    expect(contentOf(make({ version, creationContent: given }), 'm.room.create')).toStrictEqual(content);
  });

  const trusted = { preset: 'trusted_private_chat', invite: [ALICE, BOB] } as const;
  test.each([
    ['the invited', trusted, [ALICE, BOB]],
    [
      'the named and the invited, each once',
      { ...trusted, creationContent: { additional_creators: [BOB] } },
      [BOB, ALICE],
    ],
    [
      'only the named, where nobody is trusted',
      { ...trusted, preset: 'private_chat', creationContent: { additional_creators: [BOB] } },
      [BOB],
    ],
    ['nobody', { ...trusted, preset: 'private_chat' }, undefined],
    ['nobody before version 12', { ...trusted, version: '11' }, undefined],
    ['what is no list stays, and is refused later', { ...trusted, creationContent: { additional_creators: 7 } }, 7],
  ] as const)('additional creators: %s', (_what, parts, creators) => {
    expect(contentOf(make(parts), 'm.room.create')?.['additional_creators']).toEqual(creators);
  });
});

const levels = (parts: Partial<RoomBlueprint>) => contentOf(make(parts), 'm.room.power_levels');

describe('the power levels', () => {
  const trusted = { preset: 'trusted_private_chat', invite: [ALICE] } as const;

  test.each([
    ['10', {}, { [CAROL]: 100 }, 100],
    ['11', {}, { [CAROL]: 100 }, 100],
    ['11', trusted, { [CAROL]: 100, [ALICE]: 100 }, 100],
    ['12', {}, {}, 150],
    ['12', trusted, {}, 150],
  ] as const)('version %s, %j', (version, parts, users, tombstone) => {
    expect(levels({ version, ...parts })).toMatchObject({ users, events: { 'm.room.tombstone': tombstone } });
    expect(levels({ version, ...parts })?.['users']).toStrictEqual(users);
  });

  test('nobody but its owners talks in a space', () => {
    const space = levels({ creationContent: { type: 'm.space' } });
    expect(space).toMatchObject({ events_default: 100, state_default: 50, invite: 0 });
    expect(space?.['events']).not.toHaveProperty(['org.matrix.msc3401.call.member']);
  });

  test('who may talk may be in a call', () => {
    expect(levels({})).toMatchObject({ events_default: 0, events: { 'org.matrix.msc3401.call.member': 0 } });
  });

  test('an override replaces what it names', () => {
    const override = { events: { 'm.room.name': 0 }, invite: 100, note: 1 };
    expect(levels({ powerLevelContentOverride: override })).toMatchObject({ ...override, state_default: 50 });
    expect(levels({ powerLevelContentOverride: override })?.['events']).toStrictEqual({ 'm.room.name': 0 });
  });
});

describe.each(ROOM_VERSIONS)('the rules of version %s', (version) => {
  /** Sends the events one after the other, each against the state that the former ones made. */
  const sendAll = (changes: readonly StateChange[]): AuthState => {
    const createEventId = EventId.parse('$created');
    const roomId = RoomId.parse(version === '12' ? '!created' : '!room:example.org');
    const sent: Pdu[] = [];
    const get: AuthState['get'] = (type, key) => sent.findLast((pdu) => pdu.type === type && pdu.state_key === key);
    for (const [index, { type, stateKey, content }] of changes.entries()) {
      const parts = { type, state_key: stateKey, content, sender: CAROL, room_id: roomId };
      const pdu = pduOf({ ...parts, prev_events: [index === 1 ? createEventId : '$before'] });
      const { room_id: _room, ...create } = { ...pdu, prev_events: [] };
      const withRoom = ROOM_VERSION_RULES[version].roomIdFrom === 'server' ? { ...create, room_id: roomId } : create;
      const event = index === 0 ? withRoom : pdu;
      expect([type, authorise(event, { version, createEventId, roomId, get })]).toEqual([type, { allowed: true }]);
      sent.push(event);
    }
    return { version, createEventId, roomId, get };
  };

  test.each(['private_chat', 'trusted_private_chat', 'public_chat'] as const)('allow what %s makes', (preset) => {
    const room = sendAll(
      make({
        version,
        preset,
        name: 'Hall',
        topic: 'All',
        canonicalAlias: RoomAlias.parse('#hall:example.org'),
        invite: [ALICE],
        initialState: [{ type: 'm.room.encryption', stateKey: '', content: {} }],
      }),
    );
    const equal = preset === 'trusted_private_chat';
    expect(powerOf(ALICE, room)).toBe(equal ? powerOf(CAROL, room) : 0);
  });
});
