import { VERIFICATION_WAYS } from '@byline/protocol/byline/verification.ts';
import type { PublicDraft } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { type FilledIn, missingFields } from './requirements.ts';
import { evidenceFor, WAYS } from './ways.ts';

test('each way says what it needs', () => {
  expect(Object.keys(WAYS)).toEqual([...VERIFICATION_WAYS]);
  expect(evidenceFor('documents', ['document-front'])).toEqual(['document-front']);
  expect(evidenceFor('openid-connect', ['document-front'])).toEqual(['id-token']);
  expect(evidenceFor('vouching', ['document-front'])).toEqual([]);
});

const PUBLIC: PublicDraft = { kind: 'media', name: 'A', handle: 'abc', category: 'news', description: 'B' };
const bare: FilledIn = {
  public: PUBLIC,
  identity: ['legal_name', 'document_kind', 'document_number', 'country'],
  evidence: [],
};

test.each<[FilledIn['way'], FilledIn['evidence'], string[]]>([
  [undefined, [], ['evidence.document-front']],
  ['documents', ['id-token'], ['evidence.document-front']],
  ['openid-connect', [], ['evidence.id-token']],
  ['openid-connect', ['id-token'], []],
  ['vouching', [], []],
  ['none', ['document-front', 'id-token'], ['verification']],
])('shown by %s with %j, there lacks %j', (way, evidence, missing) => {
  expect(missingFields('public-account', { ...bare, evidence, ...(way === undefined ? {} : { way }) })).toEqual(
    missing,
  );
});
