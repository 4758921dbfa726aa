import type { Json, JsonObject } from '@byline/protocol/json.ts';
import { ServerName } from '@byline/protocol/ids.ts';
import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { authorise } from './authorisation.ts';
import { canonicalJson } from './canonical-json.ts';
import { pduOf } from './pdu.fixture.ts';
import { ALICE, BOB, EVE, outcomeOf, roomIdFor, roomOf } from './room.fixture.ts';
import type { Membership } from './room-state.ts';
import { generateSigningSeed, signingKeyFromSeed, unpaddedBase64 } from './signing-key.ts';

const keyOf = () => signingKeyFromSeed(ServerName.parse('id.example.org'), 'ed25519:0', generateSigningSeed());
const ISSUER = keyOf();
const STRANGER = keyOf();

const signedBy = (key: typeof ISSUER, signed: JsonObject): JsonObject => ({
  ...signed,
  signatures: {
    'id.example.org': { 'ed25519:0': unpaddedBase64(sign(null, Buffer.from(canonicalJson(signed)), key.privateKey)) },
  },
});

const GENUINE = signedBy(ISSUER, { mxid: EVE, token: 'abc' });
const ONE_KEY: JsonObject = { public_key: ISSUER.publicKey };

interface Row {
  readonly what: string;
  readonly signed?: Json;
  readonly promise?: JsonObject;
  readonly promisedBy?: string;
  readonly was?: Membership;
  readonly expected: string;
}

test.each<Row>([
  { what: 'genuine', expected: 'allowed' },
  { what: 'one key in the list', promise: { public_keys: [ONE_KEY] }, expected: 'allowed' },
  {
    what: 'the second key of two',
    promise: { public_key: STRANGER.publicKey, public_keys: [ONE_KEY] },
    expected: 'allowed',
  },
  { what: 'unpadded or unsigned parts aside', signed: { ...GENUINE, unsigned: { age: 1 } }, expected: 'allowed' },
  {
    what: 'another key',
    signed: signedBy(STRANGER, { mxid: EVE, token: 'abc' }),
    expected: 'not signed by its issuer',
  },
  { what: 'no signature', signed: { mxid: EVE, token: 'abc' }, expected: 'not signed by its issuer' },
  { what: 'changed after', signed: { ...GENUINE, more: 1 }, expected: 'not signed by its issuer' },
  {
    what: 'a malformed key',
    promise: { public_key: 'short', public_keys: 'none' },
    expected: 'not signed by its issuer',
  },
  { what: 'for somebody else', signed: signedBy(ISSUER, { mxid: BOB, token: 'abc' }), expected: 'for somebody else' },
  { what: 'no name', signed: signedBy(ISSUER, { token: 'abc' }), expected: 'for somebody else' },
  { what: 'no token', signed: signedBy(ISSUER, { mxid: EVE }), expected: 'lacks its signed part' },
  { what: 'no signed part', signed: 'text', expected: 'lacks its signed part' },
  { what: 'unknown token', signed: signedBy(ISSUER, { mxid: EVE, token: 'def' }), expected: 'does not know' },
  { what: 'made by another member', promisedBy: BOB, expected: 'made by somebody else' },
  { what: 'for somebody banned', was: 'ban', expected: 'is banned' },
])(
  'an invitation by mail: $what',
  ({ signed = GENUINE, promise = ONE_KEY, promisedBy = ALICE, was = 'leave', expected }) => {
    const room = roomOf({
      members: { [EVE]: was },
      more: [pduOf({ type: 'm.room.third_party_invite', state_key: 'abc', sender: promisedBy, content: promise })],
    });
    const event = pduOf({
      type: 'm.room.member',
      state_key: EVE,
      sender: ALICE,
      room_id: roomIdFor('12'),
      content: { membership: 'invite', third_party_invite: { display_name: 'Eve', signed } },
    });
    expect(outcomeOf(authorise(event, room))).toContain(expected);
  },
);
