import { LABEL_PICTURES } from '@byline/protocol/byline/identity.ts';
import { LABEL_IDS, LABELS } from '@byline/protocol/byline/labels.ts';
import { LANGUAGES } from '@byline/protocol/byline/rules.ts';
import { describe, expect, test } from 'vitest';
import { labelProblem, labelsFor } from './labels.ts';

test.each([
  ['news', 'media', ['document-front', 'press-licence'], undefined],
  ['news', 'media', ['document-front', 'document-back'], 'evidence'],
  ['news', 'media', ['health-licence'], 'evidence'],
  ['news', 'government', ['press-licence'], 'kind'],
  ['health', 'individual', ['health-licence'], undefined],
  ['health', 'media', ['health-licence'], 'kind'],
  ['government', 'government', ['letter-of-office'], undefined],
  ['government', 'company', ['letter-of-office'], 'kind'],
  ['commerce', 'company', [], 'evidence'],
] as const)('%s for %s with %j: %s', (label, kind, evidence, problem) => {
  expect(labelProblem(label, { kind, evidence })).toBe(problem);
});

test('a kind of publisher can have some labels, not all', () => {
  expect(labelsFor('government')).toEqual(['health', 'government']);
  expect(labelsFor('media')).toEqual(['news', 'commerce']);
});

describe.each(LABEL_IDS)('the label %s', (id) => {
  const { evidence, kinds, texts } = LABELS[id];

  test('needs a piece that no other label needs, and somebody can have it', () => {
    expect(LABEL_PICTURES).toContain(evidence);
    expect(LABEL_IDS.filter((other) => LABELS[other].evidence === evidence)).toEqual([id]);
    expect(kinds.length).toBeGreaterThan(0);
  });

  test.each(LANGUAGES)('says in %s what it means', (language) => {
    const { name, means, evidence: shown } = texts[language];
    for (const text of [name, means, shown]) expect(text.trim()).not.toBe('');
    expect(means).not.toMatch(/[!！]/);
  });
});
