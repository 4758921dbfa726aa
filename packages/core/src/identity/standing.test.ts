import { expect, test } from 'vitest';
import { mayTalk, nextStep } from './standing.ts';

const NOBODY = { verified: false, staff: false };

test.each([
  ['public-accounts', NOBODY, true],
  ['public-accounts', { verified: true, staff: false }, true],
  ['everyone', NOBODY, false],
  ['everyone', { verified: true, staff: false }, true],
  ['everyone', { verified: false, staff: true }, true],
] as const)('where identity is required of %s, %j may talk: %s', (policy, known, may) => {
  expect(mayTalk(policy, known)).toBe(may);
});

test.each([
  [undefined, 'apply'],
  ['draft', 'continue'],
  ['submitted', 'wait'],
  ['in-review', 'wait'],
  ['changes-asked', 'correct'],
] as const)('with an application that is %s the next step is to %s', (open, next) => {
  expect(nextStep({ open })).toBe(next);
});
