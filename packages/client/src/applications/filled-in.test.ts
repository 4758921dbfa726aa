import { Application } from '@byline/protocol/byline/applications.ts';
import { describe, expect, it } from 'vitest';
import { type Filling, isSealed, kindOf, missingIn, typedIdentity } from './filled-in.ts';

const application = (given: object): Application =>
  Application.parse({
    id: 'a'.repeat(22),
    purpose: 'public-account',
    state: 'draft',
    created_at: 1,
    updated_at: 1,
    public: {},
    identity: null,
    evidence: [],
    missing: [],
    progress: {
      with: 'applicant',
      due_at: null,
      next: [],
      open_until: null,
      destroyed_at: null,
      needs_second: false,
    },
    messages: [],
    history: [],
    ...given,
  });
const SEALED = {
  kid: 'k'.repeat(22),
  fields: ['legal_name', 'document_kind', 'document_number', 'country'],
  sealed_at: 1,
};
const PUBLIC = { kind: 'company', name: 'N', handle: 'nnn', category: 'news', description: 'D' } as const;
const TYPED = { legal_name: ' Ada ', document_kind: 'business-licence', document_number: '7 ', country: 'NL' } as const;
const filling = (given: Partial<Filling> = {}): Filling => ({
  application: application({}),
  draft: PUBLIC,
  typed: {},
  sealedKind: undefined,
  ...given,
});

describe('typedIdentity', () => {
  it('is whole when every field says something, without what stands around it', () => {
    expect(typedIdentity(filling({ typed: TYPED }))).toEqual({
      subject_kind: 'company',
      legal_name: 'Ada',
      document_kind: 'business-licence',
      document_number: '7',
      country: 'NL',
    });
  });

  it.each([
    ['a field is missing', { ...TYPED, country: undefined }],
    ['a field is blank', { ...TYPED, legal_name: '  ' }],
    ['the document proves no such publisher', { ...TYPED, document_kind: 'passport' } as const],
  ])('is not, when %s', (_, typed) => expect(typedIdentity(filling({ typed }))).toBeUndefined());

  it('is that of a person where somebody shows only who they are', () => {
    const personal = filling({ application: application({ purpose: 'personal' }), draft: {} });
    expect(kindOf(personal)).toBe('individual');
    expect(typedIdentity({ ...personal, typed: { ...TYPED, document_kind: 'passport' } })).toMatchObject({
      subject_kind: 'individual',
    });
  });
});

describe('isSealed', () => {
  it.each([
    ['nothing was sealed', {}, false],
    ['it was', { application: application({ identity: SEALED }) }, true],
    ['for this kind', { application: application({ identity: SEALED }), sealedKind: 'company' }, true],
    ['for another kind', { application: application({ identity: SEALED }), sealedKind: 'media' }, false],
    ['to an earlier key', { application: application({ identity: SEALED, missing: ['identity.legal_name'] }) }, false],
    ['and it was sent', { application: application({ identity: SEALED, state: 'submitted' }) }, true],
  ] as const)('%s', (_, given, expected) => expect(isSealed(filling(given))).toBe(expected));
});

describe('missingIn', () => {
  it('names what is written nowhere', () => {
    expect(missingIn(filling({ draft: { kind: 'company' }, typed: { legal_name: 'Ada' } }))).toEqual([
      'name',
      'handle',
      'category',
      'description',
      'identity.document_kind',
      'identity.document_number',
      'identity.country',
      'evidence.document-front',
    ]);
  });

  it('takes what is sealed as given', () => {
    const evidence = [{ id: 'e'.repeat(22), piece: 'document-front', kid: SEALED.kid, size: 9, uploaded_at: 1 }];
    expect(missingIn(filling({ application: application({ identity: SEALED, evidence }) }))).toEqual([]);
  });

  it('asks again for what was sealed to an earlier key', () => {
    const evidence = [{ id: 'e'.repeat(22), piece: 'document-front', kid: SEALED.kid, size: 9, uploaded_at: 1 }];
    const missing = ['identity.country', 'evidence.document-front'];
    const lost = application({ identity: SEALED, evidence, missing });
    expect(missingIn(filling({ application: lost, typed: TYPED }))).toEqual(['evidence.document-front']);
  });

  it('does not count a document that proves nothing for this kind', () => {
    expect(missingIn(filling({ typed: { ...TYPED, document_kind: 'passport' } }))).toContain('identity.document_kind');
  });
});
