import { describe, expect, it } from 'vitest';
import type { Poll } from './poll-content.ts';
import { type PollFacts, standingOf } from './standing.ts';

const [ANNA, BEN, CARLA, LEFT] = ['anna', 'ben', 'carla', 'left'];
const person = (id: string) => ({ id, name: id });
const poll = (isOpen: boolean): Poll => ({
  question: 'Tea',
  options: [
    { id: 'green', text: 'Green' },
    { id: 'black', text: 'Black' },
  ],
  mostChoices: 1,
  isOpen,
});
const said = (sender: string, choice: string) => ({ sender, at: 1, choices: [choice] });
const facts = (change: Partial<PollFacts>): PollFacts => ({
  votes: 'counted',
  responses: [said(BEN, 'black'), said(LEFT, 'black'), said(ANNA, 'green')],
  endings: [],
  people: [ANNA, BEN, CARLA].map(person),
  me: ANNA,
  person,
  mayEnd: (userId) => userId === ANNA,
  maySpeak: true,
  locked: 0,
  ...change,
});
const ended = { endings: [{ sender: ANNA, at: 2 }] };

describe('standingOf', () => {
  it('shows who chose what while an open one runs, and for whom one waits', () => {
    expect(standingOf(poll(true), facts({}))).toEqual({
      votes: 'counted',
      results: [
        { id: 'green', count: 1, voters: [person(ANNA)], leads: false },
        { id: 'black', count: 2, voters: [person(BEN), person(LEFT)], leads: true },
      ],
      own: ['green'],
      answered: [BEN, LEFT, ANNA].map(person),
      waiting: [person(CARLA)],
      isEnded: false,
      mayVote: true,
      mayEnd: true,
      locked: 0,
    });
  });

  it.each([
    ['a closed one has no results', false, {}, undefined],
    [
      'a closed one that has ended has numbers, and no names',
      false,
      ended,
      [
        [1, 0],
        [2, 0],
      ],
    ],
    [
      'an open one that has ended has both',
      true,
      ended,
      [
        [1, 1],
        [2, 2],
      ],
    ],
    ['an end by somebody else is none', false, { endings: [{ sender: BEN, at: 2 }] }, undefined],
  ])('%s', (_, isOpen, change, expected) => {
    const { results } = standingOf(poll(isOpen), facts(change));
    expect(results?.map(({ count, voters }) => [count, voters.length])).toEqual(expected);
  });

  it.each([
    ['runs', {}, { mayVote: true, mayEnd: true, waiting: 1 }],
    ['has ended', ended, { mayVote: false, mayEnd: false, waiting: 0 }],
    ['is read by somebody else', { me: BEN }, { mayVote: true, mayEnd: false, waiting: 1 }],
    ['is read by somebody who may not speak', { maySpeak: false }, { mayVote: false, mayEnd: false, waiting: 1 }],
  ])('what may be done when it %s', (_, change, expected) => {
    const { mayVote, mayEnd, waiting } = standingOf(poll(true), facts(change));
    expect({ mayVote, mayEnd, waiting: waiting.length }).toEqual(expected);
  });

  it('nothing leads where nobody has answered', () => {
    const { results } = standingOf(poll(true), facts({ responses: [] }));
    expect(results?.some(({ leads }) => leads)).toBe(false);
  });
});
