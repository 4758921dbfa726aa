import { describe, expect, test } from 'vitest';
import { barOf, type Judged, needsSecond } from './review-rules.ts';

describe('needsSecond', () => {
  test.each([
    [['news'], true],
    [['health'], true],
    [['public-services'], true],
    [['culture'], false],
    [[undefined], false],
    [[], false],
    // Naming another category does not save the second look, in either direction.
    [['news', 'culture'], true],
    [['culture', 'health'], true],
  ] as const)('%j: %s', (categories, needed) => expect(needsSecond(categories)).toBe(needed));
});

const did = (...steps: readonly [Judged['by'], Judged['judgement']][]): Judged[] =>
  steps.map(([by, judgement]) => ({ by, judgement }));

describe('barOf', () => {
  test.each([
    ['a fresh case', 'first', did(), undefined],
    ['who asked for changes goes on', 'first', did(['rita', 'changes-asked']), undefined],
    ['who was sent back proposes again', 'first', did(['rita', 'proposed'], ['sam', 'sent-back']), undefined],
    ['who proposed does not confirm', 'second', did(['rita', 'proposed']), 'proposed'],
    ['another confirms', 'second', did(['sam', 'proposed']), undefined],
    [
      'nobody is second twice',
      'second',
      did(['sam', 'proposed'], ['rita', 'sent-back'], ['sam', 'proposed']),
      'was-second',
    ],
    [
      'who proposed once does not confirm another’s later proposal',
      'second',
      did(['rita', 'proposed'], ['tom', 'sent-back'], ['sam', 'proposed']),
      'proposed',
    ],
    ['who refused hears no appeal', 'first', did(['rita', 'refused'], ['ada', 'appealed']), 'decided-before'],
    [
      'nor who had proposed before',
      'first',
      did(['rita', 'proposed'], ['sam', 'sent-back'], ['sam', 'refused'], ['ada', 'appealed']),
      'decided-before',
    ],
    ['nor as second', 'second', did(['rita', 'refused'], ['ada', 'appealed'], ['tom', 'proposed']), 'decided-before'],
    ['another hears it', 'first', did(['sam', 'refused'], ['ada', 'appealed']), undefined],
    [
      'and confirms no own proposal in it',
      'second',
      did(['sam', 'refused'], ['ada', 'appealed'], ['rita', 'proposed']),
      'proposed',
    ],
  ] as const)('%s', (_, stage, judged, bar) => expect(barOf(stage, 'rita', judged)).toBe(bar));
});
