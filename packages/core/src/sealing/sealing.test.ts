import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { createKeyPair, fingerprintOf, keyIdOf } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';
import { open, openBytes, seal, sealBytes } from './sealing.ts';
import type { Sealed, SealingContext } from './sealing.ts';

const CONTEXT: SealingContext = {
  account: 'city-hall',
  purpose: 'public-account',
  schema: 'legal-identity',
  version: 1,
};
const SECRET = new TextEncoder().encode('Ana Ruiz, 张伟');

let key: SealingKeyPair;
let other: SealingKeyPair;
let sealed: Sealed;
let sealedBytes: Uint8Array;

beforeAll(async () => {
  key = await createKeyPair();
  other = await createKeyPair();
  sealed = await seal(key.publicKey, SECRET, CONTEXT);
  sealedBytes = await sealBytes(key.publicKey, SECRET, CONTEXT);
});

const failing = (code: string) => expect.objectContaining({ name: 'SealingError', code });
/** The text with another character at the place. */
const altered = (text: string, place: number): string =>
  `${text.slice(0, place)}${text[place] === 'A' ? 'B' : 'A'}${text.slice(place + 1)}`;

describe('what is sealed', () => {
  test('opens with the private key, and only then shows anything', async () => {
    expect(await open(key, sealed, CONTEXT)).toEqual(SECRET);
    expect(await openBytes(key, sealedBytes, CONTEXT)).toEqual(SECRET);
    expect(Buffer.from(sealed.ct, 'base64url').includes('Ana')).toBe(false);
    expect(Buffer.from(sealedBytes).includes('Ana')).toBe(false);
  });

  test('survives JSON, and says which key opens it', async () => {
    expect(Object.keys(sealed)).toEqual(['v', 'kid', 'enc', 'ct']);
    expect(sealed).toMatchObject({ v: 1, kid: key.kid });
    expect(await open(key, JSON.parse(JSON.stringify(sealed)), CONTEXT)).toEqual(SECRET);
  });

  test('differs each time', async () => {
    expect((await seal(key.publicKey, SECRET, CONTEXT)).ct).not.toBe(sealed.ct);
  });

  test('may be empty, and may be large', async () => {
    for (const bytes of [new Uint8Array(0), new Uint8Array(3_000_000).fill(7)]) {
      expect(await openBytes(key, await sealBytes(key.publicKey, bytes, CONTEXT), CONTEXT)).toEqual(bytes);
    }
  });

  test.each<[string, Partial<SealingContext>]>([
    ['account', { account: 'newspaper' }],
    ['purpose', { purpose: 'personal' }],
    ['schema', { schema: 'picture' }],
    ['version', { version: 2 }],
  ])('does not open for another %s', async (_name, changed) => {
    const context = { ...CONTEXT, ...changed };
    await expect(open(key, sealed, context)).rejects.toEqual(failing('cannot-open'));
    await expect(openBytes(key, sealedBytes, context)).rejects.toEqual(failing('cannot-open'));
  });

  test('does not open with another key', async () => {
    await expect(open(other, sealed, CONTEXT)).rejects.toEqual(failing('other-key'));
    await expect(open(other, { ...sealed, kid: other.kid }, CONTEXT)).rejects.toEqual(failing('cannot-open'));
    await expect(openBytes(other, sealedBytes, CONTEXT)).rejects.toEqual(failing('cannot-open'));
  });

  test('does not open when it was changed', async () => {
    const changed = [
      { ...sealed, enc: altered(sealed.enc, 3) },
      { ...sealed, ct: altered(sealed.ct, 0) },
      { ...sealed, ct: sealed.ct.slice(4) },
      { ...sealed, ct: '' },
      { ...sealed, enc: 'AAAA' },
    ];
    for (const one of changed) await expect(open(key, one, CONTEXT)).rejects.toEqual(failing('cannot-open'));
    const flipped = sealedBytes.map((byte, index) => (index === 40 ? byte ^ 1 : byte));
    await expect(openBytes(key, flipped, CONTEXT)).rejects.toEqual(failing('cannot-open'));
  });

  test('is told from what is not sealed', async () => {
    const later: Sealed = JSON.parse(JSON.stringify({ ...sealed, v: 2 }));
    await expect(open(key, later, CONTEXT)).rejects.toEqual(failing('malformed-sealed'));
    await expect(open(key, { ...sealed, ct: '%' }, CONTEXT)).rejects.toEqual(failing('malformed-sealed'));
    const noSeal = [
      new Uint8Array(0),
      sealedBytes.subarray(0, 40),
      sealedBytes.map((byte, index) => (index === 0 ? 2 : byte)),
    ];
    for (const bytes of noSeal) {
      await expect(openBytes(key, bytes, CONTEXT)).rejects.toEqual(failing('malformed-sealed'));
    }
  });

  test.each(['', 'short', '%'.repeat(43), 'A'.repeat(44)])('cannot be sealed to %j', async (publicKey) => {
    await expect(seal(publicKey, SECRET, CONTEXT)).rejects.toEqual(failing('malformed-key'));
    await expect(sealBytes(publicKey, SECRET, CONTEXT)).rejects.toEqual(failing('malformed-key'));
  });
});

describe('a key', () => {
  test('has the id and the fingerprint of its public half', async () => {
    const publicKey = 'JovufPDFQIcETycoKyJqMCBBAFTVvOjH6JK5laSCtUM';
    expect(await keyIdOf(publicKey)).toBe('Urekxzw01qeXRkOLJJL6LQ');
    expect(await fingerprintOf(publicKey)).toBe('52B7 A4C7 3C34 D6A7 9746 438B 2492 FA2D');
  });

  test('is new each time', () => {
    expect(key.kid).not.toBe(other.kid);
    expect(key.publicKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('URL-safe base64', () => {
  test('is what Node makes of it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(['A', 'AA=', 'A+', 'A/', ' AA', 'ä'])('is not %j', (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });
});
