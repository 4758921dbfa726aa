import { expect, test } from 'vitest';
import { deviceKeysOf, makeCrossSigning, makeKey, signedBy } from './keys.fixture.ts';
import { judgeSignatures, type SignedKey, type Signer } from './signature-upload.ts';
import type { SignedObject } from './signed-object.ts';

const [ADA, BOB] = ['@ada:byline.test', '@bob:byline.test'];
const phoneKey = makeKey();
const phone = deviceKeysOf(ADA, 'PHONE', phoneKey);
const ada = makeCrossSigning(ADA);
const bob = makeCrossSigning(BOB);
const adasMaster = ada.uploaded.master_key;
const bobsMaster = bob.uploaded.master_key;

const signer: Signer = {
  userId: ADA,
  crossSigning: {
    master: adasMaster,
    self_signing: ada.uploaded.self_signing_key,
    user_signing: ada.uploaded.user_signing_key,
  },
  devices: [phone],
};
const bare: Signer = { ...signer, crossSigning: {}, devices: [] };

const OWN_DEVICE: SignedKey = { kind: 'own device', key: phone };
const OWN_MASTER: SignedKey = { kind: 'own master key', key: adasMaster };
const BOBS_MASTER: SignedKey = { kind: 'master key of another', key: bobsMaster };

const SELF = `ed25519:${ada.selfSigning.publicKey}`;
const USER = `ed25519:${ada.userSigning.publicKey}`;
const PHONE = 'ed25519:PHONE';

const unsigned = (object: SignedObject): SignedObject => ({ ...object, signatures: {} });
const deviceBySelf = signedBy(unsigned(phone), ADA, SELF, ada.selfSigning);
const deviceByUser = signedBy(unsigned(phone), ADA, USER, ada.userSigning);
const masterByDevice = signedBy(unsigned(adasMaster), ADA, PHONE, phoneKey);
const bobByUser = signedBy(unsigned(bobsMaster), ADA, USER, ada.userSigning);
const bobBySelf = signedBy(unsigned(bobsMaster), ADA, SELF, ada.selfSigning);

const ACCEPTED: readonly (readonly [
  name: string,
  uploaded: SignedObject,
  known: SignedKey,
  keyIds: readonly string[],
])[] = [
  ['the own device, by the self-signing key', deviceBySelf, OWN_DEVICE, [SELF]],
  ['the same beside what is known', signedBy(phone, ADA, SELF, ada.selfSigning), OWN_DEVICE, [SELF]],
  ['what is known already', phone, OWN_DEVICE, []],
  ['the own master key, by a device', masterByDevice, OWN_MASTER, [PHONE]],
  ['the master key of another, by the user-signing key', bobByUser, BOBS_MASTER, [USER]],
];

test.each(ACCEPTED)('is kept: %s', (_name, uploaded, known, keyIds) => {
  const verdict = judgeSignatures(uploaded, known, signer);
  expect('accepted' in verdict && verdict.accepted.map(({ keyId }) => keyId)).toEqual(keyIds);
});

const REFUSED: readonly (readonly [name: string, uploaded: SignedObject, known: SignedKey, by: Signer, why: string])[] =
  [
    ['another key than is known', { ...deviceBySelf, algorithms: [] }, OWN_DEVICE, signer, 'another key'],
    ['no signature at all', unsigned(phone), OWN_DEVICE, signer, 'no signature'],
    [
      'a signature of somebody else alone',
      signedBy(unsigned(phone), BOB, SELF, ada.selfSigning),
      OWN_DEVICE,
      signer,
      'no signature',
    ],
    ['a device, by the user-signing key', deviceByUser, OWN_DEVICE, signer, 'invalid signature'],
    [
      'a device, in the name of the self-signing key',
      signedBy(unsigned(phone), ADA, SELF, makeKey()),
      OWN_DEVICE,
      signer,
      'invalid signature',
    ],
    [
      'a good one beside a bad one',
      signedBy(deviceBySelf, ADA, PHONE, makeKey()),
      OWN_DEVICE,
      signer,
      'invalid signature',
    ],
    ['by who has no keys', deviceBySelf, OWN_DEVICE, bare, 'invalid signature'],
    ['the own master key, by an unknown device', masterByDevice, OWN_MASTER, bare, 'invalid signature'],
    ['the master key of another, by the self-signing key', bobBySelf, BOBS_MASTER, signer, 'invalid signature'],
  ];

test.each(REFUSED)('is refused: %s', (_name, uploaded, known, by, why) => {
  expect(judgeSignatures(uploaded, known, by)).toEqual({ refused: why });
});
