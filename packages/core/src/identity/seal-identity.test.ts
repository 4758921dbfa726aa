import { ApplicationId, type LegalIdentity } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { createKeyPair } from '../sealing/sealing-key.ts';
import {
  looksSealed,
  openEvidence,
  openAnswer,
  openIdentity,
  sealAnswer,
  sealEvidence,
  sealIdentity,
} from './seal-identity.ts';

const APPLICATION = ApplicationId.parse('application-one-1');
const OTHER = ApplicationId.parse('application-two-2');

const IDENTITY: LegalIdentity = {
  subject_kind: 'individual',
  legal_name: 'Ann Other',
  document_kind: 'passport',
  document_number: 'NX4417',
  country: 'NL',
};

test('an identity opens with the key and for the application that it was sealed for', async () => {
  const key = await createKeyPair();
  const sealed = await sealIdentity(key.publicKey, APPLICATION, IDENTITY);

  expect(sealed.fields).toEqual(['legal_name', 'document_kind', 'document_number', 'country']);
  expect(JSON.stringify(sealed)).not.toContain('Ann');
  expect(await openIdentity(key, APPLICATION, sealed)).toEqual(IDENTITY);
  await expect(openIdentity(key, OTHER, sealed)).rejects.toThrow('sealed for something else');
  await expect(openIdentity(await createKeyPair(), APPLICATION, sealed)).rejects.toThrow('another key');
});

test('a picture opens as the piece that it was sealed as', async () => {
  const key = await createKeyPair();
  const picture = crypto.getRandomValues(new Uint8Array(10_000));
  const sealed = await sealEvidence(key.publicKey, APPLICATION, 'document-front', picture);

  expect(looksSealed(sealed)).toBe(true);
  expect(looksSealed(Uint8Array.of(0xff, 0xd8, 0xff, ...picture.subarray(0, 100)))).toBe(false);
  expect(looksSealed(sealed.subarray(0, 40))).toBe(false);
  expect(await openEvidence(key, APPLICATION, 'document-front', sealed)).toEqual(picture);
  await expect(openEvidence(key, APPLICATION, 'document-back', sealed)).rejects.toThrow('sealed for something else');
  await expect(openEvidence(key, OTHER, 'document-front', sealed)).rejects.toThrow('sealed for something else');
});

test('an answer opens for its application, and its length tells little', async () => {
  const key = await createKeyPair();
  const yes = await sealAnswer(key.publicKey, APPLICATION, 'Yes');
  expect(await openAnswer(key, APPLICATION, yes)).toBe('Yes');
  await expect(openAnswer(key, OTHER, yes)).rejects.toThrow('sealed for something else');
  expect((await sealAnswer(key.publicKey, APPLICATION, 'No, my sister')).ct).toHaveLength(yes.ct.length);
  await expect(openIdentity(key, APPLICATION, { sealed: yes })).rejects.toThrow('sealed for something else');
});
