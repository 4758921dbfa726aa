import { beforeAll, expect, test } from 'vitest';
import { type CustodianKeys, lockCustodianKeys, unlockCustodianKeys } from './custodian-key-file.ts';
import { lockKey, unlockKey } from './key-file.ts';
import { createKeyPair } from './sealing-key.ts';
import { open, seal } from './sealing.ts';
import { createSigningKeyPair, isSignedBy, signText } from './signing-key.ts';

const PASSPHRASE = 'correct horse battery';
const CONTEXT = { account: 'city-hall', purpose: 'standing-identity', schema: 'share', version: 1 };
const failing = (code: string) => expect.objectContaining({ name: 'SealingError', code });

let keys: CustodianKeys;
let file: string;

beforeAll(async () => {
  keys = { sealing: await createKeyPair(), signing: await createSigningKeyPair() };
  file = await lockCustodianKeys(keys, PASSPHRASE);
});

test('a custodian’s file gives both keys back, which then can not be exported', async () => {
  const { sealing, signing } = await unlockCustodianKeys(file, PASSPHRASE);
  const sealed = await seal(keys.sealing.publicKey, Uint8Array.of(1, 2), CONTEXT);
  expect(await open(sealing, sealed, CONTEXT)).toEqual(Uint8Array.of(1, 2));
  expect(await isSignedBy(keys.signing.publicKey, 'yes', await signText(signing, 'yes'))).toBe(true);
  expect([sealing.privateKey.extractable, signing.privateKey.extractable]).toEqual([false, false]);
});

test.each(['public_key', 'signing_key', 'locked_keys'])('it does not open when its %s was changed', async (name) => {
  const content = JSON.parse(file);
  const changed = { ...content, [name]: `${content[name][0] === 'A' ? 'B' : 'A'}${content[name].slice(1)}` };
  const opening = unlockCustodianKeys(JSON.stringify(changed), PASSPHRASE);
  await expect(opening).rejects.toEqual(failing('wrong-passphrase'));
});

test('it does not open with another passphrase, and is told from other files', async () => {
  await expect(unlockCustodianKeys(file, 'another passphrase')).rejects.toEqual(failing('wrong-passphrase'));
  await expect(unlockKey(file, PASSPHRASE)).rejects.toEqual(failing('not-a-key-file'));
  const reviewers = await lockKey(keys.sealing, PASSPHRASE);
  await expect(unlockCustodianKeys(reviewers, PASSPHRASE)).rejects.toEqual(failing('not-a-key-file'));
  const later = JSON.stringify({ ...JSON.parse(file), version: 2 });
  await expect(unlockCustodianKeys(later, PASSPHRASE)).rejects.toEqual(failing('newer-key-file'));
  await expect(lockCustodianKeys(keys, 'too short a')).rejects.toEqual(failing('weak-passphrase'));
});

test('a signature is of one text by one key', async () => {
  const other = await createSigningKeyPair();
  const signature = await signText(keys.signing, 'yes');
  expect(await isSignedBy(keys.signing.publicKey, 'no', signature)).toBe(false);
  expect(await isSignedBy(other.publicKey, 'yes', signature)).toBe(false);
  for (const nonsense of ['', '%', 'AAAA']) {
    expect(await isSignedBy(nonsense, 'yes', signature)).toBe(false);
    expect(await isSignedBy(keys.signing.publicKey, 'yes', nonsense)).toBe(false);
  }
});
