import { expect, test } from 'vitest';
import { reviewTimes, type TimedStep } from './review-times.ts';

const answered = (id: string, sent: number, at: number, state: TimedStep['state'] = 'approved'): TimedStep[] => [
  { application_id: id, at: 0, role: 'applicant', state: 'draft' },
  { application_id: id, at: sent, role: 'applicant', state: 'submitted' },
  { application_id: id, at: sent + 1, role: 'reviewer', state: 'in-review' },
  { application_id: id, at, role: 'reviewer', state },
];
const waits = (...minutes: number[]): TimedStep[] =>
  minutes.flatMap((each, place) => answered(`a${place}`, 1_000 * place, 1_000 * place + each));

test.each<[string, TimedStep[], ReturnType<typeof reviewTimes>]>([
  ['nothing was answered yet', [], null],
  ['four answers are too few', waits(10, 20, 30, 40), null],
  ['five are enough', waits(50, 10, 40, 20, 30), { answers: 5, median: 30, ninetieth: 50 }],
  ['of many', waits(1, 2, 3, 4, 5, 6, 7, 8, 9, 900), { answers: 10, median: 5, ninetieth: 9 }],
  [
    'what was not sent, or not answered, is not counted',
    [...waits(1, 2, 3, 4), ...answered('x', 5, 9, 'in-review')],
    null,
  ],
])('%s', (_, steps, times) => expect(reviewTimes(steps, 100)).toEqual(times));

test('the time in which the applicant puts something right is not counted', () => {
  const again: TimedStep[] = [
    ...answered('again', 100, 110, 'changes-asked'),
    { application_id: 'again', at: 9_000, role: 'applicant', state: 'submitted' },
    { application_id: 'again', at: 9_020, role: 'reviewer', state: 'refused' },
  ];
  expect(reviewTimes([...again, ...waits(30, 30, 30)], 100)).toEqual({ answers: 5, median: 30, ninetieth: 30 });
});

test('only the newest answers count', () => {
  expect(reviewTimes(waits(900, 900, 900, 10, 10, 10, 10, 10), 5)).toEqual({ answers: 5, median: 10, ninetieth: 10 });
});
