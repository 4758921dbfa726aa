import { expect, test } from 'vitest';
import { faultOfCrossSigningKey, publicKeyOf } from './cross-signing-keys.ts';
import { crossSigningKeyOf, makeCrossSigning, makeKey } from './keys.fixture.ts';

const ADA = '@ada:byline.test';
const { uploaded, master } = makeCrossSigning(ADA);
const { master_key, self_signing_key, user_signing_key } = uploaded;
const other = makeCrossSigning(ADA).uploaded.master_key;
const noKeys = { ...master_key, keys: {} };

test.each([
  ['a master key', master_key, 'master', undefined, undefined],
  ['a self-signing key', self_signing_key, 'self_signing', master_key, undefined],
  ['a user-signing key', user_signing_key, 'user_signing', master_key, undefined],
  ['a key of another', crossSigningKeyOf('@bob:byline.test', 'master', master), 'master', undefined, 'of another user'],
  ['a key for another use', self_signing_key, 'master', undefined, 'of another use'],
  ['no key', noKeys, 'master', undefined, 'not one Ed25519 key'],
  [
    'two keys',
    { ...master_key, keys: { ...master_key.keys, ...other.keys } },
    'master',
    undefined,
    'not one Ed25519 key',
  ],
  [
    'a key by another name',
    { ...master_key, keys: { 'ed25519:A': master.publicKey } },
    'master',
    undefined,
    'not one Ed25519 key',
  ],
  [
    'a key that is no base64',
    { ...master_key, keys: { 'ed25519:\0': '\0' } },
    'master',
    undefined,
    'not one Ed25519 key',
  ],
  ['without a master key', self_signing_key, 'self_signing', undefined, 'without a master key'],
  ['signed by another master key', self_signing_key, 'self_signing', other, 'not signed by the master key'],
  [
    'not signed',
    crossSigningKeyOf(ADA, 'user_signing', makeKey()),
    'user_signing',
    master_key,
    'not signed by the master key',
  ],
] as const)('cross-signing keys: %s', (_name, key, usage, present, fault) => {
  expect(faultOfCrossSigningKey(key, usage, ADA, present)).toBe(fault);
});

test('a cross-signing key bears its public half as its name', () => {
  expect(publicKeyOf(master_key)).toBe(master.publicKey);
  expect(publicKeyOf(noKeys)).toBeUndefined();
});
