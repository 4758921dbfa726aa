import type { Signatures } from '@byline/protocol/matrix/keys.ts';
import { expect, test } from 'vitest';
import { mergedSignatures, visibleSignatures } from './visible-signatures.ts';

const [ADA, BOB, EVE] = ['@ada:byline.test', '@bob:byline.test', '@eve:byline.test'];

/** Ada's master key: signed by her device and her user-signing key, and by the user-signing keys of Bob and Eve. */
const SIGNATURES: Signatures = {
  [ADA]: { 'ed25519:PHONE': 'device', 'ed25519:ADAS_USK': 'own' },
  [BOB]: { 'ed25519:BOBS_USK': 'bob' },
  [EVE]: { 'ed25519:EVES_USK': 'eve' },
};

test.each([
  ['the owner sees their own alone', ADA, { [ADA]: SIGNATURES[ADA] }],
  [
    'another sees the owner’s, but whom the owner trusts, and their own',
    BOB,
    { [ADA]: { 'ed25519:PHONE': 'device' }, [BOB]: SIGNATURES[BOB] },
  ],
  ['who has signed nothing sees the owner’s', '@fay:byline.test', { [ADA]: { 'ed25519:PHONE': 'device' } }],
])('%s', (_name, viewer, visible) => {
  const look = { owner: ADA, viewer, userSigningKeyId: 'ed25519:ADAS_USK' };
  expect(visibleSignatures(SIGNATURES, look)).toEqual(visible);
});

test('signatures of several places are one, and the later of two by one key stands', () => {
  const later: Signatures = {
    [ADA]: { 'ed25519:PHONE': 'newer', 'ed25519:SSK': 'self' },
    [BOB]: { 'ed25519:BOBS_USK': 'bob' },
  };
  expect(mergedSignatures({ [ADA]: { 'ed25519:PHONE': 'device' } }, later)).toEqual(later);
  expect(mergedSignatures()).toEqual({});
});
