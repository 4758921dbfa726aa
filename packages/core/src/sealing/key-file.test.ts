import { beforeAll, describe, expect, test } from 'vitest';
import { describeKeyFile, lockKey, unlockKey } from './key-file.ts';
import { createKeyPair } from './sealing-key.ts';
import type { SealingKeyPair } from './sealing-key.ts';
import { open, seal } from './sealing.ts';
import type { Sealed } from './sealing.ts';

const PASSPHRASE = 'correct horse battery';
const CONTEXT = { account: 'city-hall', purpose: 'public-account', schema: 'legal-identity', version: 1 };
const failing = (code: string) => expect.objectContaining({ name: 'SealingError', code });

/** Made on 2026-11-23. People keep such files for years: they, and what was sealed to them, must open for ever. */
const OLD_FILE = {
  format: 'byline-key',
  version: 1,
  kid: 'Urekxzw01qeXRkOLJJL6LQ',
  public_key: 'JovufPDFQIcETycoKyJqMCBBAFTVvOjH6JK5laSCtUM',
  kdf: { name: 'PBKDF2-SHA-512', iterations: 1_000_000, salt: 'EJIM5daXnsSp9_D06h9fbg' },
  cipher: { name: 'AES-256-GCM', iv: 'XCG0onmzQOGce_c1' },
  locked_key: '8xP51mu1BNP7pb19RiDqhevDFL0k0lQI69QDdWRQoKKzV1gY92YHvKN2X7mmWoIJ',
};
const OLD_SEALED: Sealed = JSON.parse(`{
  "v": 1,
  "kid": "Urekxzw01qeXRkOLJJL6LQ",
  "enc": "YyL5SkzuRloqW2pVORGvAgijMqsdzj889YZmn53VGEo",
  "ct": "VsdPMAl4fFcJZsnh1KAfsC0zck_y2a0rdEqqrijplmE"
}`);

let pair: SealingKeyPair;
let file: string;

beforeAll(async () => {
  pair = await createKeyPair();
  file = await lockKey(pair, PASSPHRASE);
});

describe('a key file', () => {
  test('gives its key back for the passphrase, and the key opens what was sealed to it', async () => {
    const unlocked = await unlockKey(file, PASSPHRASE);
    expect([unlocked.kid, unlocked.publicKey]).toEqual([pair.kid, pair.publicKey]);
    const sealed = await seal(pair.publicKey, Uint8Array.of(1, 2, 3), CONTEXT);
    expect(await open(unlocked, sealed, CONTEXT)).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('gives a key that cannot be exported again', async () => {
    const unlocked = await unlockKey(file, PASSPHRASE);
    expect(unlocked.privateKey.extractable).toBe(false);
    await expect(lockKey(unlocked, PASSPHRASE)).rejects.toThrow('cannot be locked again');
  });

  test('of old opens, with what was sealed to it', async () => {
    const unlocked = await unlockKey(JSON.stringify(OLD_FILE), PASSPHRASE);
    const secret = await open(unlocked, OLD_SEALED, CONTEXT);
    expect(new TextDecoder().decode(secret)).toBe('Ana Ruiz, 张伟');
  });

  test('says which key it holds', () => {
    expect(describeKeyFile(file)).toEqual({ kid: pair.kid, publicKey: pair.publicKey });
  });

  test('shows no private key, and differs each time', async () => {
    const again = JSON.parse(await lockKey(pair, PASSPHRASE));
    const { kdf, cipher, locked_key: locked } = JSON.parse(file);
    expect(again.kdf.salt).not.toBe(kdf.salt);
    expect(again.cipher.iv).not.toBe(cipher.iv);
    expect(again.locked_key).not.toBe(locked);
    const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
    expect(d).toHaveLength(43);
    expect(file).not.toContain(d);
  });

  test('takes the passphrase as people mean it, however their keyboard composes it', async () => {
    const composed = await lockKey(pair, 'Äpfel und Öl, \u00e9t\u00e9');
    expect((await unlockKey(composed, 'A\u0308pfel und O\u0308l, e\u0301te\u0301')).kid).toBe(pair.kid);
  });

  test.each(['correct horse batterz', 'Correct horse battery', '', `${PASSPHRASE} `])(
    'does not open for %j',
    async (passphrase) => {
      await expect(unlockKey(file, passphrase)).rejects.toEqual(failing('wrong-passphrase'));
    },
  );

  test.each([
    ['public key', { public_key: 'A'.repeat(43) }],
    ['id', { kid: 'another-key' }],
    ['locked key', { locked_key: OLD_FILE.locked_key.replace('8', '9') }],
    ['iterations', { kdf: { ...OLD_FILE.kdf, iterations: 1_000_001 } }],
  ])('does not open when its %s was changed', async (_what, changed) => {
    const text = JSON.stringify({ ...OLD_FILE, ...changed });
    await expect(unlockKey(text, PASSPHRASE)).rejects.toEqual(failing('wrong-passphrase'));
  });

  test.each([
    ['no JSON', 'hello', 'not-a-key-file'],
    ['another JSON', '{"format":"other"}', 'not-a-key-file'],
    ['null', 'null', 'not-a-key-file'],
    ['no locked key', JSON.stringify({ ...OLD_FILE, locked_key: undefined }), 'not-a-key-file'],
    ['no base64', JSON.stringify({ ...OLD_FILE, locked_key: 'A' }), 'not-a-key-file'],
    ['something more', JSON.stringify({ ...OLD_FILE, more: 1 }), 'not-a-key-file'],
    ['few iterations', JSON.stringify({ ...OLD_FILE, kdf: { ...OLD_FILE.kdf, iterations: 1000 } }), 'not-a-key-file'],
    [
      'endless iterations',
      JSON.stringify({ ...OLD_FILE, kdf: { ...OLD_FILE.kdf, iterations: 1e12 } }),
      'not-a-key-file',
    ],
    ['another cipher', JSON.stringify({ ...OLD_FILE, cipher: { name: 'none', iv: 'AAAA' } }), 'not-a-key-file'],
    ['a later version', JSON.stringify({ ...OLD_FILE, version: 2, more: 1 }), 'newer-key-file'],
  ])('is not %s', async (_what, text, code) => {
    await expect(unlockKey(text, PASSPHRASE)).rejects.toEqual(failing(code));
  });

  test('is not made with a short passphrase', async () => {
    await expect(lockKey(pair, 'too short a')).rejects.toEqual(failing('weak-passphrase'));
  });
});
