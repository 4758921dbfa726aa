import { describe, expect, test } from 'vitest';
import { isWith, nextFor, type Standing } from './progress.ts';

const standing = (given: Partial<Standing>): Standing => ({
  state: 'submitted',
  stage: 'first',
  isAppealed: false,
  isHeld: false,
  isCorrected: false,
  openUntil: undefined,
  ...given,
});

describe('isWith', () => {
  test.each([
    [{ state: 'draft' }, 'applicant'],
    [{ state: 'submitted' }, 'queue'],
    [{ state: 'in-review', isHeld: true }, 'reviewer'],
    // A lease that ran out.
    [{ state: 'in-review' }, 'queue'],
    [{ state: 'question-asked' }, 'applicant'],
    [{ state: 'changes-asked' }, 'applicant'],
    [{ stage: 'second' }, 'second-queue'],
    [{ state: 'in-review', stage: 'second', isHeld: true }, 'second-reviewer'],
    [{ isAppealed: true }, 'appeal-queue'],
    [{ state: 'in-review', isAppealed: true, isHeld: true }, 'appeal-reviewer'],
    [{ isAppealed: true, stage: 'second' }, 'second-queue'],
    [{ state: 'approved' }, 'nobody'],
    [{ state: 'refused' }, 'nobody'],
    [{ state: 'withdrawn' }, 'nobody'],
  ] as const)('%j: %s', (given, expected) => expect(isWith(standing(given))).toBe(expected));
});

describe('nextFor', () => {
  test.each([
    [{ state: 'draft' }, ['fill-in', 'withdraw']],
    [{ state: 'submitted' }, ['withdraw']],
    [{ state: 'question-asked' }, ['answer', 'withdraw']],
    [{ state: 'changes-asked' }, ['correct', 'withdraw']],
    [{ state: 'approved' }, []],
    [{ state: 'refused', openUntil: 1 }, ['appeal', 'send-anew']],
    [{ state: 'refused', openUntil: 1, isAppealed: true }, ['send-anew']],
    [{ state: 'refused', openUntil: 1, isCorrected: true }, []],
    [{ state: 'refused' }, []],
  ] as const)('%j: %j', (given, expected) => expect(nextFor(standing(given))).toEqual(expected));
});
