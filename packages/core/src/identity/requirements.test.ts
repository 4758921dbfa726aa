import { SUBJECT_KINDS } from '@byline/protocol/byline/identity.ts';
import type { PublicDraft } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { checklistFor, filledFields, type FilledIn, missingFields, proves, REQUIREMENTS } from './requirements.ts';

const PUBLIC: PublicDraft = {
  kind: 'media',
  name: 'The Courier',
  handle: 'courier',
  category: 'news',
  description: 'News of the town.',
};

const whole: FilledIn = {
  public: PUBLIC,
  identity: ['legal_name', 'document_kind', 'document_number', 'country'],
  evidence: ['document-front'],
};

test.each(SUBJECT_KINDS)('a whole application of a subject of kind %s lacks nothing', (kind) => {
  expect(missingFields('public-account', { ...whole, public: { ...PUBLIC, kind } })).toEqual([]);
});

test.each<[FilledIn, string[]]>([
  [{ ...whole, public: { ...PUBLIC, name: ' ' } }, ['name']],
  [{ ...whole, public: { ...PUBLIC, handle: undefined } }, ['handle']],
  [{ ...whole, public: { ...PUBLIC, description: '' } }, ['description']],
  [{ ...whole, public: { ...PUBLIC, category: undefined } }, ['category']],
  [{ ...whole, public: { ...PUBLIC, kind: undefined } }, ['kind']],
  [{ ...whole, public: { ...PUBLIC, picture: null } }, []],
  [{ ...whole, identity: ['legal_name', 'country'] }, ['identity.document_kind', 'identity.document_number']],
  [{ ...whole, evidence: ['document-back'] }, ['evidence.document-front']],
  [
    { public: {}, identity: [], evidence: [] },
    [
      'kind',
      'name',
      'handle',
      'category',
      'description',
      'identity.legal_name',
      'identity.document_kind',
      'identity.document_number',
      'identity.country',
      'evidence.document-front',
    ],
  ],
])('names what is missing of %j', (given, missing) => {
  expect(missingFields('public-account', given)).toEqual(missing);
});

test('a personal application needs no public part', () => {
  expect(missingFields('personal', { ...whole, public: {} })).toEqual([]);
  expect(missingFields('personal', { ...whole, public: {}, evidence: [] })).toEqual(['evidence.document-front']);
});

test.each(SUBJECT_KINDS)('who brings all that the checklist of kind %s names lacks nothing', (kind) => {
  const { public: fields, identity, evidence, documents, welcome } = checklistFor('public-account', kind);
  const named = Object.entries({ ...PUBLIC, kind }).filter(([name]) => fields.some((each) => each === name));
  const given = { public: Object.fromEntries(named), identity, evidence };
  expect(missingFields('public-account', given)).toEqual([]);
  for (const document of documents) expect(proves(document, kind)).toBe(true);
  expect(welcome.filter((piece) => evidence.includes(piece))).toEqual([]);
});

test('whoever shows only who they are brings what a person brings', () => {
  expect(checklistFor('personal', 'company')).toEqual({ ...REQUIREMENTS.individual, public: [] });
});

test('a field counts as filled in when it says something', () => {
  expect(filledFields({ legal_name: 'Ann Other', document_number: '  ', country: 'NL' })).toEqual([
    'legal_name',
    'country',
  ]);
});

test('a document proves only the kinds of subject that it is made for', () => {
  expect(proves('passport', 'individual')).toBe(true);
  expect(proves('passport', 'government')).toBe(false);
  expect(proves('press-licence', 'media')).toBe(true);
  for (const { documents } of Object.values(REQUIREMENTS)) expect(documents.length).toBeGreaterThan(0);
});
