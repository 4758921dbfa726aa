import { ROOM_VERSIONS, type RoomVersion } from '@byline/protocol/event.ts';
import { ServerName } from '@byline/protocol/ids.ts';
import type { JsonObject } from '@byline/protocol/json.ts';
import { describe, expect, test } from 'vitest';
import { authEventKeys } from './auth-events.ts';
import { authorise } from './authorisation.ts';
import { pduOf, type PduParts } from './pdu.fixture.ts';
import { powerOf } from './power-levels.ts';
import { redactedContent } from './redaction.ts';
import { ALICE, CAROL, EVE, outcomeOf, roomIdFor, roomOf, type RoomParts } from './room.fixture.ts';
import { signEvent } from './signature.ts';
import { signingKeyFromSeed } from './signing-key.ts';
import { serversThatMustSign } from './signing-servers.ts';

const KEY = signingKeyFromSeed(
  ServerName.parse('example.org'),
  'ed25519:1',
  'YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1',
);

const outcome = (version: RoomVersion, room: RoomParts, parts: PduParts): string =>
  outcomeOf(authorise(pduOf({ room_id: roomIdFor(version), ...parts }), roomOf({ version, ...room })));

const member = (sender: string, content: JsonObject): PduParts => ({
  type: 'm.room.member',
  sender,
  state_key: sender,
  content,
});
const levels = (sender: string, content: JsonObject): PduParts => ({
  type: 'm.room.power_levels',
  sender,
  state_key: '',
  content,
});

const kept = (type: string, content: JsonObject) => (version: RoomVersion) =>
  JSON.stringify(redactedContent(type, content, version));
const eventId = (version: RoomVersion) => {
  // The hash of just this event has a character that the two alphabets write differently.
  const { signatures: _signatures, hashes: _hashes, ...event } = pduOf({ type: 'm.room.message', depth: 3 });
  return signEvent(event, version, KEY).eventId;
};
const signed = (content: JsonObject) => (version: RoomVersion) => {
  const { signatures: _signatures, hashes: _hashes, ...event } = pduOf({ type: 'm.room.message', content });
  try {
    return signEvent(event, version, KEY).json.includes('"volume":0.5') ? 'signed' : 'changed';
  } catch (error) {
    return String(error);
  }
};

const BY_WORD = { membership: 'join', join_authorised_via_users_server: ALICE };
const LEVELS_50: JsonObject = { users: { [ALICE]: 50 }, notifications: { room: 100 } };

const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

/** What each version changes, from the version's own page: what is found before it, and from it on. */
const CHANGES: readonly (readonly [
  what: string,
  since: RoomVersion,
  before: unknown,
  after: unknown,
  found: (version: RoomVersion) => string,
])[] = [
  ['event ids are URL-safe', '4', like(/^\$.*[+/]/), like(/^\$[A-Za-z0-9_-]{43}$/), eventId],
  ['canonical JSON is enforced', '6', 'signed', like(/“volume” must be a whole number/), signed({ volume: 0.5 })],
  [
    'aliases are an event like others',
    '6',
    'allowed',
    'Only members of the room may do this.',
    (version) => outcome(version, {}, { type: 'm.room.aliases', sender: EVE, state_key: 'example.org' }),
  ],
  [
    'another server’s aliases are an event like others',
    '6',
    'A server can name its own aliases only.',
    'allowed',
    (version) =>
      outcome(
        version,
        { levels: { state_default: 0 } },
        { type: 'm.room.aliases', sender: ALICE, state_key: 'other.org' },
      ),
  ],
  ['redacted aliases keep nothing', '6', '{"aliases":["a"]}', '{}', kept('m.room.aliases', { aliases: ['a'], x: 1 })],
  [
    'the levels of notifications are guarded',
    '6',
    'allowed',
    like(/above their own/),
    (version) => outcome(version, { levels: LEVELS_50 }, levels(ALICE, { ...LEVELS_50, notifications: { room: 0 } })),
  ],
  [
    'a level that is a fraction is cut',
    '6',
    '50',
    '0',
    (version) => String(powerOf(ALICE, roomOf({ version, levels: { users: { [ALICE]: 50.57 } } }))),
  ],
  [
    'people can knock',
    '7',
    'This room does not let people knock.',
    'allowed',
    (version) => outcome(version, { joinRule: 'knock' }, member(EVE, { membership: 'knock' })),
  ],
  [
    'the invited join where people can knock',
    '7',
    'This room can be joined by invitation only.',
    'allowed',
    (version) =>
      outcome(version, { joinRule: 'knock', members: { [EVE]: 'invite' } }, member(EVE, { membership: 'join' })),
  ],
  [
    'a member’s word lets people in',
    '8',
    'This room can be joined by invitation only.',
    'allowed',
    (version) => outcome(version, { joinRule: 'restricted' }, member(EVE, BY_WORD)),
  ],
  [
    'the member whose word lets in is cited',
    '8',
    'false',
    'true',
    (version) => String(authEventKeys(pduOf(member(EVE, BY_WORD)), version).some(({ stateKey }) => stateKey === ALICE)),
  ],
  [
    'the server of the member whose word lets in signs',
    '8',
    'example.org',
    'example.org,other.org',
    (version) =>
      serversThatMustSign(
        pduOf(member(EVE, { membership: 'join', join_authorised_via_users_server: '@ann:other.org' })),
        version,
      ).join(','),
  ],
  [
    'redacted join rules keep who may join',
    '8',
    '{"join_rule":"restricted"}',
    '{"join_rule":"restricted","allow":[]}',
    kept('m.room.join_rules', { join_rule: 'restricted', allow: [], x: 1 }),
  ],
  [
    'a redacted join keeps whose word let in',
    '9',
    '{"membership":"join"}',
    JSON.stringify(BY_WORD),
    kept('m.room.member', { ...BY_WORD, displayname: 'Eve' }),
  ],
  [
    'a restricted room can be knocked at',
    '10',
    'This room does not let people knock.',
    'allowed',
    (version) => outcome(version, { joinRule: 'knock_restricted' }, member(EVE, { membership: 'knock' })),
  ],
  [
    'a member’s word lets into a room that can be knocked at',
    '10',
    'This room can be joined by invitation only.',
    'allowed',
    (version) => outcome(version, { joinRule: 'knock_restricted' }, member(EVE, BY_WORD)),
  ],
  [
    'a level cannot be text',
    '10',
    'allowed',
    like(/must be an object of whole numbers/),
    (version) => outcome(version, {}, levels(CAROL, { users: { [ALICE]: ' +050 ' } })),
  ],
  [
    'a level that is text counts',
    '10',
    '50',
    '0',
    (version) => String(powerOf(ALICE, roomOf({ version, levels: { users: { [ALICE]: ' +050 ' } } }))),
  ],
  [
    'what is no level is refused everywhere',
    '10',
    'allowed',
    like(/must be a whole number/),
    (version) => outcome(version, {}, levels(CAROL, { ban: 'high' })),
  ],
  [
    'a redacted creation keeps all',
    '11',
    '{"creator":"c"}',
    like(/"x":1/),
    kept('m.room.create', { creator: 'c', x: 1 }),
  ],
  ['redacted levels keep “invite”', '11', '{}', '{"invite":1}', kept('m.room.power_levels', { invite: 1 })],
  [
    'a redacted redaction keeps its target',
    '11',
    '{}',
    '{"redacts":"$a"}',
    kept('m.room.redaction', { redacts: '$a' }),
  ],
  [
    'additional creators have all power',
    '12',
    '0',
    'Infinity',
    (version) => String(powerOf(ALICE, roomOf({ version, create: { additional_creators: [ALICE] } }))),
  ],
  [
    'creators cannot be listed',
    '12',
    'allowed',
    like(/cannot be listed/),
    (version) => outcome(version, {}, levels(CAROL, { users: { [CAROL]: 100 } })),
  ],
];

describe.each(CHANGES)('%s since version %s', (_what, since, before, after, found) => {
  test.each(ROOM_VERSIONS)('version %s', (version) => {
    const expected = ROOM_VERSIONS.indexOf(version) < ROOM_VERSIONS.indexOf(since) ? before : after;
    expect(found(version)).toEqual(expected);
  });
});

describe('power levels as text', () => {
  test.each([
    ['100', 100],
    ['000100', 100],
    ['-100', -100],
    [' 00100 ', 100],
    [' -100 ', -100],
    ['-0', 0],
    ['', 0],
    [' ', 0],
    ['1.5', 0],
    ['1e2', 0],
    ['0x10', 0],
    ['--1', 0],
    ['9007199254740993', 0],
  ])('“%s” is %d', (text, power) => {
    expect(powerOf(ALICE, roomOf({ version: '9', levels: { users: { [ALICE]: text } } }))).toBe(power);
  });

  test('a change of their form alone is no change', () => {
    const room = { levels: { users: { [ALICE]: 50 }, kick: 60 } };
    expect(outcome('9', room, levels(ALICE, { users: { [ALICE]: '50' }, kick: ' 60' }))).toBe('allowed');
    expect(outcome('9', room, levels(ALICE, { users: { [ALICE]: '50' }, kick: '61' }))).toContain('above their own');
  });
});
