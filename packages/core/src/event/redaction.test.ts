import type { RoomVersion } from '@byline/protocol/event.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { pduOf } from './pdu.fixture.ts';
import { redact, redactsOf } from './redaction.ts';

const THIRD_PARTY_INVITE = { display_name: 'Ana', signed: { mxid: '@ana:example.org', token: 't' } };
const POWER_LEVELS = {
  ban: 1,
  events: { x: 1 },
  events_default: 1,
  invite: 1,
  kick: 1,
  notifications: { room: 1 },
  redact: 1,
  state_default: 1,
  users: {},
  users_default: 1,
};
const { invite: _invite, notifications: _notifications, ...POWER_LEVELS_10 } = POWER_LEVELS;
const { notifications: _alsoNotifications, ...POWER_LEVELS_11 } = POWER_LEVELS;

/** What is left of a content, by type: in version 10, and in 11 and 12. */
const CONTENTS: readonly (readonly [type: string, given: JsonObject, in10: JsonObject, since11: JsonObject])[] = [
  ['m.room.message', { body: 'secret', msgtype: 'm.text' }, {}, {}],
  ['m.room.name', { name: 'Hall' }, {}, {}],
  ['m.room.topic', { topic: 'About' }, {}, {}],
  ['m.room.aliases', { aliases: ['#a:example.org'] }, {}, {}],
  ['constructor', { name: 'not a rule' }, {}, {}],
  [
    'm.room.member',
    {
      membership: 'join',
      displayname: 'Ana',
      join_authorised_via_users_server: '@b:example.org',
      third_party_invite: THIRD_PARTY_INVITE,
    },
    { membership: 'join', join_authorised_via_users_server: '@b:example.org' },
    {
      membership: 'join',
      join_authorised_via_users_server: '@b:example.org',
      third_party_invite: { signed: THIRD_PARTY_INVITE.signed },
    },
  ],
  ['m.room.member', { third_party_invite: 'text' }, {}, {}],
  ['m.room.member', { third_party_invite: { display_name: 'Ana' } }, {}, { third_party_invite: {} }],
  [
    'm.room.create',
    { creator: '@a:example.org', room_version: '11', 'm.federate': false },
    { creator: '@a:example.org' },
    { creator: '@a:example.org', room_version: '11', 'm.federate': false },
  ],
  [
    'm.room.join_rules',
    { join_rule: 'restricted', allow: [{ type: 'x' }], note: 1 },
    { join_rule: 'restricted', allow: [{ type: 'x' }] },
    { join_rule: 'restricted', allow: [{ type: 'x' }] },
  ],
  ['m.room.power_levels', POWER_LEVELS, POWER_LEVELS_10, POWER_LEVELS_11],
  [
    'm.room.history_visibility',
    { history_visibility: 'shared', note: 1 },
    { history_visibility: 'shared' },
    { history_visibility: 'shared' },
  ],
  ['m.room.redaction', { redacts: '$target', reason: 'a slip' }, {}, { redacts: '$target' }],
];

describe('redact', () => {
  const rows = CONTENTS.flatMap(([type, given, in10, since11]) => [
    { type, version: '10' as const, given, left: in10 },
    { type, version: '11' as const, given, left: since11 },
    { type, version: '12' as const, given, left: since11 },
  ]);

  test.each(rows)('$type in version $version', ({ type, version, given, left }) => {
    const pdu = pduOf({ type, content: given });
    expect(redact(pdu, version)).toEqual({ ...pdu, content: left });
    expect(pdu.content).toBe(given);
  });

  test.each([
    ['10', ['membership', 'origin', 'prev_state']],
    ['11', []],
    ['12', []],
  ] as const)('keys that version %s keeps besides those of every version: %j', (version: RoomVersion, extra) => {
    const pdu = pduOf({ type: 'm.room.message', state_key: '' });
    const odd = {
      ...pdu,
      ...pduOf({ redacts: '$target' }),
      state_key: '',
      event_id: '$old',
      unsigned: { age: 1 },
      age_ts: 1,
      membership: 'join',
      origin: 'example.org',
      prev_state: [],
    };
    const kept = [...Object.keys(pdu), 'event_id', ...extra].toSorted();
    expect(Object.keys(redact(odd, version)).toSorted()).toEqual(kept);
  });
});

describe('redactsOf', () => {
  const nowhere = pduOf({ type: 'm.room.redaction' });
  const inEvent = pduOf({ type: 'm.room.redaction', redacts: '$target' });
  const inContent = pduOf({ type: 'm.room.redaction', content: { redacts: '$target' } });

  test.each([
    ['10', nowhere, undefined],
    ['10', inEvent, '$target'],
    ['10', inContent, undefined],
    ['11', inEvent, undefined],
    ['11', inContent, '$target'],
    ['12', inContent, '$target'],
    ['12', pduOf({ type: 'm.room.redaction', content: { redacts: 7 } }), undefined],
    ['12', pduOf({ type: 'm.room.message', content: { redacts: '$target' } }), undefined],
  ] as const)('version %s, row %#', (version, pdu, target) => {
    expect(redactsOf(pdu, version)).toBe(target);
  });
});
