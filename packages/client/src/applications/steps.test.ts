import { missingFields } from '@byline/core/identity/requirements.ts';
import { describe, expect, it } from 'vitest';
import { doneSteps, firstOpenStep, nextTo, stepOf, stepsFor } from './steps.ts';

const EVERYTHING = missingFields('public-account', { public: {}, identity: [], evidence: [] });

describe('stepOf', () => {
  it('knows a step for everything that can be missing', () => {
    expect(EVERYTHING.map((field) => [field, stepOf(field)])).toEqual([
      ['kind', 'kind'],
      ['name', 'name'],
      ['handle', 'name'],
      ['category', 'about'],
      ['description', 'about'],
      ['identity.legal_name', 'identity'],
      ['identity.document_kind', 'identity'],
      ['identity.document_number', 'identity'],
      ['identity.country', 'identity'],
      ['evidence.document-front', 'document'],
    ]);
  });
});

describe('the steps', () => {
  it.each([
    ['nothing is filled in', EVERYTHING, [], 'kind'],
    ['half', ['description', 'evidence.document-front'], ['kind', 'name', 'identity'], 'about'],
    ['all', [], ['kind', 'name', 'about', 'identity', 'document'], 'review'],
  ] as const)('%s', (_, missing, done, open) => {
    expect(doneSteps('public-account', missing)).toEqual(done);
    expect(firstOpenStep('public-account', missing)).toBe(open);
  });

  it('are fewer for somebody who shows only who they are', () => {
    expect(stepsFor('personal')).toEqual(['identity', 'document', 'review']);
    expect(firstOpenStep('personal', ['identity.country'])).toBe('identity');
  });

  it('follow each other', () => {
    expect(nextTo('public-account', 'about', 1)).toBe('identity');
    expect(nextTo('personal', 'identity', -1)).toBeUndefined();
    expect(nextTo('personal', 'review', 1)).toBeUndefined();
  });
});
