import type { RoomVersion } from '@byline/protocol/event.ts';
import { ROOM_VERSIONS } from '@byline/protocol/event.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { authorise } from './authorisation.ts';
import { pduOf } from './pdu.fixture.ts';
import type { PduParts } from './pdu.fixture.ts';
import { ALICE, BOB, CAROL, CREATE_ID, EVE, outcomeOf, roomIdFor, roomOf, versionsSince } from './room.fixture.ts';
import type { RoomParts } from './room.fixture.ts';
import type { Membership } from './room-state.ts';

/** `allowed`, or a part of the reason. */
type Expected = string;
type Row = readonly [room: RoomParts, sender: string, target: string, content: JsonObject, expected: Expected];

const outcome = (version: RoomVersion, room: RoomParts, parts: PduParts): string => {
  const event = pduOf({ type: 'm.room.member', room_id: roomIdFor(version), ...parts });
  return outcomeOf(authorise(event, roomOf({ version, ...room })));
};

/** A join rule counts from one version on; what it is before, the table of all versions says. */
const SINCE: Readonly<Record<string, RoomVersion>> = { knock: '7', restricted: '8', knock_restricted: '10' };

const rowsFor = (membership: Membership, rows: readonly Row[]): void => {
  const everyVersion = rows.flatMap((row) => {
    const since = SINCE[row[0].joinRule ?? ''];
    return (since === undefined ? ROOM_VERSIONS : versionsSince(since)).map((version) => ({ version, row }));
  });
  test.each(everyVersion)('version $version: $row', ({ version, row: [room, sender, target, content, expected] }) => {
    expect(outcome(version, room, { sender, state_key: target, content: { membership, ...content } })).toContain(
      expected,
    );
  });
};

/** Alice may do what needs 50; Bob has 49. */
const LEVELS: JsonObject = { users: { [ALICE]: 50, [BOB]: 49 } };
const was = (membership: Membership, more: RoomParts = {}): RoomParts => ({ members: { [EVE]: membership }, ...more });
const by = (authoriser: string): JsonObject => ({ join_authorised_via_users_server: authoriser });
const BY_INVITATION = 'joined by invitation only';
const BY_WORD = 'with the word of a member';

describe('join', () => {
  rowsFor('join', [
    [was('leave', { joinRule: 'public' }), EVE, EVE, {}, 'allowed'],
    [was('knock', { joinRule: 'public' }), EVE, EVE, {}, 'allowed'],
    [was('ban', { joinRule: 'public' }), EVE, EVE, {}, 'is banned'],
    [was('leave', { joinRule: 'public' }), ALICE, EVE, {}, 'in the name of somebody else'],
    [was('leave'), EVE, EVE, {}, BY_INVITATION],
    [was('invite'), EVE, EVE, {}, 'allowed'],
    [was('join'), EVE, EVE, {}, 'allowed'],
    ...['invite', 'knock'].flatMap((joinRule): readonly Row[] => [
      [was('leave', { joinRule }), EVE, EVE, {}, BY_INVITATION],
      [was('knock', { joinRule }), EVE, EVE, {}, BY_INVITATION],
      [was('ban', { joinRule }), EVE, EVE, {}, 'is banned'],
      [was('invite', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('join', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('leave', { joinRule }), EVE, EVE, by(ALICE), BY_INVITATION],
    ]),
    ...['restricted', 'knock_restricted'].flatMap((joinRule): readonly Row[] => [
      [was('leave', { joinRule }), EVE, EVE, {}, BY_WORD],
      [was('invite', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('join', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('ban', { joinRule }), EVE, EVE, by(ALICE), 'is banned'],
      [was('leave', { joinRule }), EVE, EVE, by(ALICE), 'allowed'],
      [was('knock', { joinRule }), EVE, EVE, by(ALICE), 'allowed'],
      [was('leave', { joinRule }), EVE, EVE, by('@dan:example.org'), BY_WORD],
      [was('leave', { joinRule }), EVE, EVE, { join_authorised_via_users_server: 7 }, BY_WORD],
      [was('leave', { joinRule, levels: { ...LEVELS, invite: 50 } }), EVE, EVE, by(ALICE), 'allowed'],
      [was('leave', { joinRule, levels: { ...LEVELS, invite: 50 } }), EVE, EVE, by(BOB), BY_WORD],
      [was('leave', { joinRule }), EVE, EVE, by('@ann:other.org'), 'has not signed'],
    ]),
    [was('invite', { joinRule: 'private' }), EVE, EVE, {}, BY_INVITATION],
    [was('join', { joinRule: 'private' }), EVE, EVE, {}, BY_INVITATION],
    [was('leave', { joinRule: 'toString' }), EVE, EVE, {}, BY_INVITATION],
  ]);

  test('another server’s word counts with its signature', () => {
    const room = was('leave', { joinRule: 'restricted', members: { '@ann:other.org': 'join' } });
    const content = { membership: 'join', ...by('@ann:other.org') };
    const signatures = { 'example.org': {}, 'other.org': { 'ed25519:1': 'seen by verifyEvent' } };
    expect(outcome('12', room, { sender: EVE, state_key: EVE, content, signatures })).toContain('allowed');
    expect(outcome('12', room, { sender: EVE, state_key: EVE, content })).toContain('has not signed');
  });

  describe.each(ROOM_VERSIONS)('the first one, version %s', (version) => {
    const before: RoomParts = { members: { [CAROL]: 'leave' } };
    const first = { content: { membership: 'join' }, prev_events: [CREATE_ID] };

    test('is the creator’s', () => {
      expect(outcome(version, before, { ...first, sender: CAROL, state_key: CAROL })).toContain('allowed');
    });
    test('is nobody else’s', () => {
      expect(outcome(version, before, { ...first, sender: EVE, state_key: EVE })).toContain(BY_INVITATION);
    });
    test('comes right after the creation', () => {
      const later = { ...first, prev_events: ['$later'] };
      expect(outcome(version, before, { ...later, sender: CAROL, state_key: CAROL })).toContain(BY_INVITATION);
    });
    test('follows nothing else', () => {
      const two = { ...first, prev_events: [CREATE_ID, '$later'] };
      expect(outcome(version, before, { ...two, sender: CAROL, state_key: CAROL })).toContain(BY_INVITATION);
    });
  });

  test('an additional creator does not come in by right', () => {
    const room: RoomParts = { create: { additional_creators: [EVE] } };
    const first = { content: { membership: 'join' }, prev_events: [CREATE_ID] };
    expect(outcome('12', room, { ...first, sender: EVE, state_key: EVE })).toContain(BY_INVITATION);
  });
});

describe('invite', () => {
  rowsFor('invite', [
    [was('leave'), ALICE, EVE, {}, 'allowed'],
    [was('knock'), ALICE, EVE, {}, 'allowed'],
    [was('invite'), ALICE, EVE, {}, 'allowed'],
    [was('join'), ALICE, EVE, {}, 'in the room already'],
    [was('ban'), ALICE, EVE, {}, 'is banned'],
    [was('leave'), EVE, '@dan:example.org', {}, 'Only members'],
    [was('invite'), EVE, '@dan:example.org', {}, 'Only members'],
    [was('leave', { levels: { ...LEVELS, invite: 50 } }), ALICE, EVE, {}, 'allowed'],
    [was('leave', { levels: { ...LEVELS, invite: 50 } }), BOB, EVE, {}, 'to invite people'],
  ]);
});

describe('leave', () => {
  rowsFor('leave', [
    [was('join'), EVE, EVE, {}, 'allowed'],
    [was('invite'), EVE, EVE, {}, 'allowed'],
    [was('knock'), EVE, EVE, {}, 'allowed'],
    [was('leave'), EVE, EVE, {}, 'can leave it'],
    [was('ban'), EVE, EVE, {}, 'can leave it'],
    [was('join', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('invite', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('join', { levels: LEVELS }), BOB, EVE, {}, 'to remove this person'],
    [was('join', { levels: { ...LEVELS, kick: 49 } }), BOB, EVE, {}, 'allowed'],
    [was('join', { levels: { users: { [ALICE]: 50, [EVE]: 50 } } }), ALICE, EVE, {}, 'to remove this person'],
    [was('join', { levels: { users: { [ALICE]: 50, [EVE]: 49 } } }), ALICE, EVE, {}, 'allowed'],
    [{ members: { [ALICE]: 'leave' }, levels: LEVELS }, ALICE, BOB, {}, 'Only members'],
    [was('ban', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('ban', { levels: { ...LEVELS, ban: 51 } }), ALICE, EVE, {}, 'to lift a ban'],
    [was('ban', { levels: { ...LEVELS, kick: 51 } }), ALICE, EVE, {}, 'to remove this person'],
    [was('ban', { levels: { users: { [ALICE]: 50, [EVE]: 50 } } }), ALICE, EVE, {}, 'to remove this person'],
  ]);
});

describe('ban', () => {
  rowsFor('ban', [
    [was('join', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('leave', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('ban', { levels: LEVELS }), ALICE, EVE, {}, 'allowed'],
    [was('join', { levels: LEVELS }), BOB, EVE, {}, 'to ban this person'],
    [was('join', { levels: LEVELS }), ALICE, ALICE, {}, 'to ban this person'],
    [was('join', { levels: { users: { [ALICE]: 50, [EVE]: 50 } } }), ALICE, EVE, {}, 'to ban this person'],
    [was('join', { levels: { users: { [EVE]: 100 } } }), EVE, ALICE, {}, 'allowed'],
    [was('invite', { levels: { users: { [EVE]: 100 } } }), EVE, ALICE, {}, 'Only members'],
  ]);

  test.each<[RoomVersion, Expected]>([
    ['11', 'allowed'],
    ['12', 'to ban this person'],
  ])('version %s: a creator that a level seems to overtop', (version, expected) => {
    const room: RoomParts = { levels: { users: { [ALICE]: 9_007_199_254_740_991 } } };
    expect(outcome(version, room, { sender: ALICE, state_key: CAROL, content: { membership: 'ban' } })).toContain(
      expected,
    );
  });

  test('creators cannot remove each other', () => {
    const room: RoomParts = { create: { additional_creators: [ALICE] } };
    expect(outcome('12', room, { sender: CAROL, state_key: ALICE, content: { membership: 'ban' } })).toContain(
      'to ban this person',
    );
    expect(outcome('12', room, { sender: CAROL, state_key: ALICE, content: { membership: 'leave' } })).toContain(
      'to remove this person',
    );
    expect(outcome('12', room, { sender: CAROL, state_key: BOB, content: { membership: 'ban' } })).toContain('allowed');
  });
});

describe('knock', () => {
  rowsFor('knock', [
    ...['knock', 'knock_restricted'].flatMap((joinRule): readonly Row[] => [
      [was('leave', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('knock', { joinRule }), EVE, EVE, {}, 'allowed'],
      [was('ban', { joinRule }), EVE, EVE, {}, 'cannot knock'],
      [was('invite', { joinRule }), EVE, EVE, {}, 'need not knock'],
      [was('join', { joinRule }), EVE, EVE, {}, 'need not knock'],
      [was('leave', { joinRule }), ALICE, EVE, {}, 'in the name of somebody else'],
    ]),
    ...['public', 'invite', 'restricted', 'private'].map((joinRule): Row => [
      was('leave', { joinRule }),
      EVE,
      EVE,
      {},
      'does not let people knock',
    ]),
    [was('leave'), EVE, EVE, {}, 'does not let people knock'],
  ]);
});

describe('what is no membership', () => {
  test.each<[PduParts, Expected]>([
    [{ content: { membership: 'join' } }, 'say whose it is'],
    [{ content: {}, state_key: ALICE }, 'must be join'],
    [{ content: { membership: 'guest' }, state_key: ALICE }, 'must be join'],
    [{ content: { membership: 7 }, state_key: ALICE }, 'must be join'],
    [{ content: { membership: 'toString' }, state_key: ALICE }, 'must be join'],
  ])('%j', (parts, expected) => {
    expect(outcome('12', {}, { sender: ALICE, ...parts })).toContain(expected);
  });
});
