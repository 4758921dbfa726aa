import { lockKey } from '@byline/core/sealing/key-file.ts';
import { createKeyPair } from '@byline/core/sealing/sealing-key.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OpenKeys } from './open-keys.ts';

const PASSPHRASE = 'correct horse battery';
const pair = await createKeyPair();
const file = new Blob([await lockKey(pair, PASSPHRASE)]);

afterEach(() => vi.useRealTimers());

describe('the open keys', () => {
  it('are open until they are locked', async () => {
    const keys = new OpenKeys();
    expect(await keys.open(file, PASSPHRASE)).toBe(pair.kid);
    expect(keys.key(pair.kid)?.publicKey).toBe(pair.publicKey);
    keys.lock();
    expect(keys.key(pair.kid)).toBeUndefined();
  });

  it('can not be exported from the page', async () => {
    const keys = new OpenKeys();
    await keys.open(file, PASSPHRASE);
    expect(keys.key(pair.kid)?.privateKey.extractable).toBe(false);
  });

  it('stay closed to another passphrase and to another file', async () => {
    const keys = new OpenKeys();
    await expect(keys.open(file, 'another passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(keys.open(new Blob(['{}']), PASSPHRASE)).rejects.toMatchObject({ code: 'not-a-key-file' });
    expect(keys.keys.get().size).toBe(0);
  });

  it('lock by themselves when nobody used them for a while', async () => {
    const keys = new OpenKeys();
    await keys.open(file, PASSPHRASE);
    vi.useFakeTimers();
    keys.used();
    vi.advanceTimersByTime(14 * 60_000);
    keys.used();
    vi.advanceTimersByTime(14 * 60_000);
    expect(keys.key(pair.kid)).toBeDefined();
    vi.advanceTimersByTime(60_000);
    expect(keys.key(pair.kid)).toBeUndefined();
  });
});
