import { APPLICATION_STATES } from '@byline/protocol/byline/identity.ts';
import { expect, test } from 'vitest';
import { stateAfter, statesFor } from './application-state.ts';

test.each([
  ['draft', 'submit', 'submitted'],
  ['submitted', 'claim', 'in-review'],
  ['in-review', 'claim', 'in-review'],
  ['in-review', 'release', 'submitted'],
  ['in-review', 'approve', 'approved'],
  ['in-review', 'ask-for-changes', 'changes-asked'],
  ['in-review', 'refuse', 'refused'],
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
