import type { UnsignedPdu } from '@byline/protocol/event.ts';
import { ROOM_VERSIONS } from '@byline/protocol/event.ts';
import { EventId, RoomId, ServerName, UserId } from '@byline/protocol/ids.ts';
import * as fc from 'fast-check';
import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { contentHash, eventIdOf, roomIdOfCreate } from './hash.ts';
import { pduOf } from './pdu.fixture.ts';
import { redact } from './redaction.ts';
import { generateSigningSeed, signingKeyFromSeed, unpaddedBase64, verifyKeyFrom } from './signing-key.ts';
import { signEvent, verifyEvent, verifySignature } from './signature.ts';

/** The key of the specification's test vectors (appendices: "Cryptographic Test Vectors"). */
const SERVER = ServerName.parse('domain');
const KEY = signingKeyFromSeed(SERVER, 'ed25519:1', 'YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1');
const VERIFY_KEY = verifyKeyFrom(KEY.publicKey)!;

/** The vectors' events are of the first room versions, and carry keys that a PDU of ours never has. */
const MINIMAL = {
  room_id: RoomId.parse('!x:domain'),
  sender: UserId.parse('@a:domain'),
  origin: 'domain',
  origin_server_ts: 1_000_000,
  signatures: {},
  hashes: {},
  type: 'X',
  content: {},
  prev_events: [],
  auth_events: [],
  depth: 3,
  unsigned: { age_ts: 1_000_000 },
};
const REDACTABLE = {
  content: { body: 'Here is the message content' },
  event_id: '$0:domain',
  origin: 'domain',
  origin_server_ts: 1_000_000,
  type: 'm.room.message',
  room_id: RoomId.parse('!r:domain'),
  sender: UserId.parse('@u:domain'),
  signatures: {},
  unsigned: { age_ts: 1_000_000 },
};

describe('the test vectors of the specification', () => {
  test.each([
    [{}, 'K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ'],
    [{ one: 1, two: 'Two' }, 'KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw'],
  ])('JSON signing: %j', (value, signature) => {
    const text = canonicalJson(value);
    expect(unpaddedBase64(sign(null, Buffer.from(text), KEY.privateKey))).toBe(signature);
    expect(verifySignature(text, signature, VERIFY_KEY)).toBe(true);
  });

  test('event signing: a minimal event', () => {
    const { pdu } = signEvent(MINIMAL, '10', KEY);
    expect(pdu.hashes.sha256).toBe('5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos');
    expect(pdu.signatures).toEqual({
      domain: {
        'ed25519:1': 'KxwGjPSDEtvnFgU00fwFz+l6d2pJM6XBIaMEn81SXPTRl16AqLAYqfIReFGZlHi5KLjAWbOoMszkwsQma+lYAg',
      },
    });
  });

  test('event signing: content that a redaction removes', () => {
    // The vector lacks what every event of a later version has; it is hashed as it stands.
    const event: UnsignedPdu = JSON.parse(JSON.stringify(REDACTABLE));
    const { pdu } = signEvent(event, '10', KEY);
    expect(pdu.hashes.sha256).toBe('onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g');
    expect(pdu.signatures).toEqual({
      domain: {
        'ed25519:1': 'Wm+VzmOUOz08Ds+0NTWb1d4CZrVsJSikkeRxh6aCcUwu6pNC78FunoD7KNWzqFn241eYHYMGCA5McEiVPdhzBA',
      },
    });
  });
});

const { hashes: _hashes, signatures: _signatures, ...TEMPLATE } = pduOf({ sender: '@a:domain' });

const anyEvent = fc.record(
  {
    type: fc.constantFrom(
      'm.room.message',
      'm.room.create',
      'm.room.member',
      'm.room.power_levels',
      'm.room.redaction',
    ),
    content: fc.dictionary(
      fc.constantFrom('membership', 'body', 'redacts', 'users', 'invite', 'creator', '10', '9'),
      fc.oneof(fc.string(), fc.maxSafeInteger(), fc.dictionary(fc.string(), fc.string())),
    ),
    state_key: fc.string(),
    // At this place no version keeps it in a redaction.
    redacts: fc.constant(EventId.parse('$target')),
    unsigned: fc.constant({ age: 1 }),
  },
  { requiredKeys: ['type', 'content'] },
);

describe('signEvent', () => {
  test.each(ROOM_VERSIONS)('its one pass agrees with the definitions step by step, version %s', (version) => {
    fc.assert(
      fc.property(anyEvent, (parts) => {
        const event = { ...TEMPLATE, ...parts };
        const { pdu, eventId, json } = signEvent(event, version, KEY);
        expect(pdu.hashes.sha256).toBe(contentHash(event));
        expect(contentHash(pdu)).toBe(pdu.hashes.sha256);
        expect(eventId).toBe(eventIdOf(pdu, version));
        expect(eventId).toBe(eventIdOf(redact(pdu, version), version));
        const { unsigned: _unsigned, ...stored } = pdu;
        expect(json).toBe(canonicalJson(stored));
        expect(verifyEvent(pdu, version, SERVER, 'ed25519:1', VERIFY_KEY)).toBe(true);
        expect(verifyEvent(redact(pdu, version), version, SERVER, 'ed25519:1', VERIFY_KEY)).toBe(true);
      }),
    );
  });

  test('the room id of a version 12 room is the id of its create event', () => {
    const { room_id: _room, ...rest } = TEMPLATE;
    const create = { ...rest, type: 'm.room.create', state_key: '', content: { room_version: '12' }, prev_events: [] };
    const { eventId, json } = signEvent(create, '12', KEY);
    expect(json).not.toContain('room_id');
    expect(roomIdOfCreate(eventId)).toBe(`!${eventId.slice(1)}`);
    expect(eventId).toMatch(/^\$[A-Za-z0-9_-]{43}$/);
  });

  test('an event with a fraction in it is refused', () => {
    expect(() => signEvent({ ...TEMPLATE, content: { volume: 0.5 } }, '12', KEY)).toThrow(
      '“volume” must be a whole number',
    );
  });
});

describe('verifyEvent', () => {
  const { pdu } = signEvent({ ...TEMPLATE, state_key: '', content: { body: 'hello' } }, '12', KEY);
  const other = signingKeyFromSeed(SERVER, 'ed25519:1', generateSigningSeed());

  test.each([
    ['what a redaction keeps was changed', { ...pdu, depth: 6 }, 'domain', 'ed25519:1', KEY, false],
    ['the hash was changed', { ...pdu, hashes: { sha256: 'other' } }, 'domain', 'ed25519:1', KEY, false],
    ['only `unsigned` was added', { ...pdu, unsigned: { age: 4 } }, 'domain', 'ed25519:1', KEY, true],
    ['another server', pdu, 'example.org', 'ed25519:1', KEY, false],
    ['another key id', pdu, 'domain', 'ed25519:2', KEY, false],
    ['another key', pdu, 'domain', 'ed25519:1', other, false],
    ['no base64', { ...pdu, signatures: { domain: { 'ed25519:1': '%%' } } }, 'domain', 'ed25519:1', KEY, false],
  ])('%s', (_case, event, server, keyId, key, valid) => {
    expect(verifyEvent(event, '12', ServerName.parse(server), keyId, verifyKeyFrom(key.publicKey)!)).toBe(valid);
  });
});

describe('signing keys', () => {
  test('the public key of a seed (RFC 8032, 7.1, test 1)', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const key = signingKeyFromSeed(SERVER, 'ed25519:a', unpaddedBase64(seed));
    expect(Buffer.from(key.publicKey, 'base64').toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  test('seeds differ, have 32 bytes and no padding', () => {
    expect(generateSigningSeed()).not.toBe(generateSigningSeed());
    expect(generateSigningSeed()).toMatch(/^[A-Za-z0-9+/]{43}$/);
  });

  test('what is not 32 bytes is refused', () => {
    expect(() => signingKeyFromSeed(SERVER, 'ed25519:a', 'c2hvcnQ')).toThrow('must have 32 bytes');
    expect(verifyKeyFrom('c2hvcnQ')).toBeUndefined();
  });
});
