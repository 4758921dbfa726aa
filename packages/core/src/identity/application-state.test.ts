import { APPLICATION_STATES } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { stateAfter, statesFor, waitsFor } from './application-state.ts';

test.each([
  ['draft', 'submit', 'submitted'],
  ['submitted', 'claim', 'in-review'],
  ['in-review', 'claim', 'in-review'],
  ['in-review', 'release', 'submitted'],
  ['in-review', 'approve', 'approved'],
  ['in-review', 'ask-for-changes', 'changes-asked'],
  ['in-review', 'refuse', 'refused'],
  ['in-review', 'hand-over', 'in-review'],
  ['in-review', 'ask', 'question-asked'],
  ['in-review', 'propose', 'submitted'],
  ['in-review', 'send-back', 'submitted'],
  ['question-asked', 'answer', 'submitted'],
  ['question-asked', 'withdraw', 'withdrawn'],
  ['refused', 'appeal', 'submitted'],
  ['changes-asked', 'save', 'changes-asked'],
  ['changes-asked', 'submit', 'submitted'],
  ['changes-asked', 'withdraw', 'withdrawn'],
] as const)('%s, %s: %s', (state, action, after) => {
  expect(stateAfter(state, action)).toBe(after);
});

test.each([
  ['draft', 'claim'],
  ['draft', 'approve'],
  ['submitted', 'save'],
  ['submitted', 'approve'],
  ['changes-asked', 'claim'],
  ['in-review', 'submit'],
  ['submitted', 'ask'],
  ['submitted', 'hand-over'],
  ['question-asked', 'claim'],
  ['question-asked', 'save'],
  ['question-asked', 'approve'],
  ['changes-asked', 'appeal'],
  ['approved', 'appeal'],
  ['withdrawn', 'appeal'],
] as const)('%s can not be followed by %s', (state, action) => {
  expect(stateAfter(state, action)).toBeUndefined();
});

test('what was decided stays decided', () => {
  for (const state of ['approved', 'refused', 'withdrawn'] as const) {
    for (const action of ['save', 'submit', 'withdraw', 'claim', 'release', 'approve', 'refuse'] as const) {
      expect(stateAfter(state, action)).toBeUndefined();
    }
  }
});

test('tells in which states something can be done', () => {
  expect(statesFor('submit')).toEqual(['draft', 'changes-asked']);
  expect(statesFor('claim')).toEqual(['submitted', 'in-review']);
  expect(statesFor('approve')).toEqual(['in-review']);
  expect(APPLICATION_STATES).toEqual(expect.arrayContaining(statesFor('withdraw')));
});

test.each([
  ['draft', 'applicant'],
  ['submitted', 'reviewer'],
  ['in-review', 'reviewer'],
  ['question-asked', 'applicant'],
  ['changes-asked', 'applicant'],
  ['approved', undefined],
  ['refused', undefined],
  ['withdrawn', undefined],
] as const)('%s waits for %s', (state, awaited) => {
  expect(waitsFor(state)).toBe(awaited);
});
