import { ROOM_VERSIONS, type RoomVersion } from '@byline/protocol/event.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { authEventKeys, authoriseAuthEvents } from './auth-events.ts';
import { pduOf } from './pdu.fixture.ts';
import type { PduParts } from './pdu.fixture.ts';
import { ALICE, BOB, EVE, versionsSince } from './room.fixture.ts';

const POWER = 'm.room.power_levels|';
const RULES = 'm.room.join_rules|';
const CREATE = 'm.room.create|';
const member = (user: string): string => `m.room.member|${user}`;
const change = (target: string, content: JsonObject): PduParts => ({
  type: 'm.room.member',
  sender: ALICE,
  state_key: target,
  content,
});

const SELECTIONS: readonly (readonly [PduParts, readonly string[]])[] = [
  [{ type: 'm.room.message', sender: ALICE }, [POWER, member(ALICE)]],
  [{ type: 'm.room.name', sender: ALICE, state_key: '' }, [POWER, member(ALICE)]],
  [{ type: 'm.room.member', sender: ALICE }, [POWER, member(ALICE)]],
  [change(ALICE, { membership: 'join' }), [POWER, member(ALICE), RULES]],
  [change(ALICE, { membership: 'knock' }), [POWER, member(ALICE), RULES]],
  [change(ALICE, { membership: 'leave' }), [POWER, member(ALICE)]],
  [change(BOB, { membership: 'invite' }), [POWER, member(ALICE), member(BOB), RULES]],
  [change(BOB, { membership: 'leave' }), [POWER, member(ALICE), member(BOB)]],
  [change(BOB, { membership: 'ban' }), [POWER, member(ALICE), member(BOB)]],
  [
    change(ALICE, { membership: 'join', join_authorised_via_users_server: EVE }),
    [POWER, member(ALICE), RULES, member(EVE)],
  ],
  [change(ALICE, { membership: 'join', join_authorised_via_users_server: ALICE }), [POWER, member(ALICE), RULES]],
  [change(BOB, { membership: 'leave', join_authorised_via_users_server: EVE }), [POWER, member(ALICE), member(BOB)]],
  [
    change(BOB, { membership: 'invite', third_party_invite: { signed: { token: 'abc' } } }),
    [POWER, member(ALICE), member(BOB), RULES, 'm.room.third_party_invite|abc'],
  ],
  [change(BOB, { membership: 'invite', third_party_invite: 'abc' }), [POWER, member(ALICE), member(BOB), RULES]],
];

describe('authEventKeys', () => {
  const rows = SELECTIONS.flatMap(([parts, keys]) =>
    versionsSince('8').map((version): [RoomVersion, PduParts, readonly string[]] => [
      version,
      parts,
      version === '12' ? keys : [CREATE, ...keys],
    ]),
  );

  test.each(rows)('version %s: %j', (version, parts, keys) => {
    const selected = authEventKeys(pduOf(parts), version).map(({ type, stateKey }) => `${type}|${stateKey}`);
    expect(selected.toSorted()).toEqual([...keys].toSorted());
  });

  test.each(ROOM_VERSIONS)('version %s: the create event cites nothing', (version) => {
    expect(authEventKeys(pduOf({ type: 'm.room.create', state_key: '' }), version)).toEqual([]);
  });
});

describe('authoriseAuthEvents', () => {
  const event = pduOf({ sender: ALICE });
  const create = pduOf({ type: 'm.room.create', state_key: '' });
  const levels = pduOf({ type: 'm.room.power_levels', state_key: '' });
  const alice = pduOf({ type: 'm.room.member', state_key: ALICE });
  const bob = pduOf({ type: 'm.room.member', state_key: BOB });
  const message = pduOf({ type: 'm.room.power_levels' });
  const elsewhere = pduOf({ type: 'm.room.member', state_key: ALICE, room_id: '!other' });

  test.each([
    ['11', 'all that it must', [create, levels, alice], true],
    ['11', 'what the room has', [create, alice], true],
    ['11', 'no create event', [levels, alice], false],
    ['12', 'no create event', [levels, alice], true],
    ['12', 'the create event', [create, levels, alice], false],
    ['11', 'the same twice', [create, levels, levels, alice], false],
    ['11', 'another member', [create, levels, alice, bob], false],
    ['11', 'an event that is no state', [create, message, alice], false],
    ['12', 'an event of another room', [levels, elsewhere], false],
  ] as const)('version %s cites %s', (version, _case, cited, allowed) => {
    expect(authoriseAuthEvents(event, cited, version).allowed).toBe(allowed);
  });

  test('the create event is not asked', () => {
    expect(authoriseAuthEvents(create, [], '11').allowed).toBe(true);
  });
});
