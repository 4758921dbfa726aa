import { expect, test } from 'vitest';
import { provenBy, type ProvenIdentity } from './id-token-claims.ts';

const passport = (details: object) => ({
  trust_framework: 'eidas',
  assurance_level: 'high',
  evidence: [{ type: 'document', document_details: details }],
});
const NAMED = { given_name: 'Ann', family_name: 'Other' };
const NOBODY: ProvenIdentity = { identity: {}, assurance: null };

test.each<[string, unknown, ProvenIdentity]>([
  ['nothing', {}, NOBODY],
  ['a name that nobody checked', { name: 'Ann Other' }, { identity: { legal_name: 'Ann Other' }, assurance: null }],
  ['a name in two parts', NAMED, { identity: { legal_name: 'Ann Other' }, assurance: null }],
  ['one part of a name', { family_name: 'Other' }, { identity: { legal_name: 'Other' }, assurance: null }],
  ['a name of spaces', { name: '  ' }, NOBODY],
  ['a name that is none', { name: 7, given_name: ['Ann'] }, NOBODY],
  [
    'a checked name, and another that nobody checked',
    { name: 'The Queen', verified_claims: { verification: { trust_framework: 'de_aml' }, claims: NAMED } },
    { identity: { legal_name: 'Ann Other' }, assurance: 'de_aml' },
  ],
  [
    'a passport',
    {
      verified_claims: {
        verification: passport({ type: 'passport', document_number: 'NX 4417', issuer: { country_code: 'NL' } }),
        claims: NAMED,
      },
    },
    {
      identity: { legal_name: 'Ann Other', document_kind: 'passport', document_number: 'NX 4417', country: 'NL' },
      assurance: 'eidas/high',
    },
  ],
  [
    'a document of a kind that we do not know, and a nationality',
    {
      verified_claims: {
        verification: passport({ type: 'driving_permit', issuer: { country_code: 'NLD' } }),
        claims: { ...NAMED, nationalities: ['BE', 'NL'] },
      },
    },
    { identity: { legal_name: 'Ann Other', country: 'BE' }, assurance: 'eidas/high' },
  ],
  [
    'the kind of a document that is no own property of ours',
    { verified_claims: { verification: passport({ type: 'constructor' }), claims: NAMED } },
    { identity: { legal_name: 'Ann Other' }, assurance: 'eidas/high' },
  ],
  [
    'evidence of another shape before one that can be read',
    {
      verified_claims: {
        verification: {
          trust_framework: 'eidas',
          evidence: [{ type: 'electronic_record' }, { document_details: { type: 'idcard', document_number: '4' } }],
        },
        claims: NAMED,
      },
    },
    { identity: { legal_name: 'Ann Other', document_kind: 'identity-card', document_number: '4' }, assurance: 'eidas' },
  ],
  [
    'two frameworks',
    {
      verified_claims: [
        { verification: { trust_framework: 'eidas' }, claims: NAMED },
        { verification: { trust_framework: 'de_aml' }, claims: { name: 'Somebody Else' } },
      ],
    },
    { identity: { legal_name: 'Ann Other' }, assurance: 'eidas' },
  ],
  // What can't be read is no assurance; what nobody checked stays what nobody checked.
  [
    'a framework without a name',
    { name: 'Ann', verified_claims: { verification: {}, claims: NAMED } },
    { identity: { legal_name: 'Ann' }, assurance: null },
  ],
  [
    'a framework that is a sentence',
    { verified_claims: { verification: { trust_framework: 'trust me, please' }, claims: NAMED } },
    NOBODY,
  ],
])('reads of %s what it proves', (_, payload, proven) => {
  expect(provenBy(payload)).toEqual(proven);
});
