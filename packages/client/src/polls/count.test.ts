import { describe, expect, it } from 'vitest';
import { countPoll, type PollEnding, type PollResponse } from './count.ts';
import type { Poll } from './poll-content.ts';

const [ANNA, BEN, CARLA] = ['@anna:town', '@ben:town', '@carla:town'];
const poll = (mostChoices: number): Poll => ({
  question: 'What shall we sow',
  options: ['beans', 'peas', 'kale'].map((id) => ({ id, text: id })),
  mostChoices,
  isOpen: true,
});
const said = (sender: string, at: number, ...choices: string[]): PollResponse => ({ sender, at, choices });
const pending = (sender: string, at: number, ...choices: string[]): PollResponse => ({
  ...said(sender, at, ...choices),
  isPending: true,
});
const ended = (sender: string, at: number): PollEnding => ({ sender, at });
/** Anna made the poll, Carla may delete what others say. */
const mayEnd = (userId: string): boolean => userId !== BEN;

type Case = readonly [
  name: string,
  mostChoices: number,
  responses: readonly PollResponse[],
  endings: readonly PollEnding[],
  /** Who chose beans, peas and kale. */
  expected: readonly (readonly string[])[],
];

describe('countPoll', () => {
  it.each<Case>([
    ['nobody has answered', 1, [], [], [[], [], []]],
    ['each counts once', 1, [said(ANNA, 1, 'beans'), said(BEN, 2, 'peas')], [], [[ANNA], [BEN], []]],
    ['the last answer counts', 1, [said(ANNA, 1, 'beans'), said(ANNA, 2, 'peas')], [], [[], [ANNA], []]],
    ['the last by time, not by arrival', 1, [said(ANNA, 2, 'peas'), said(ANNA, 1, 'beans')], [], [[], [ANNA], []]],
    ['at the same time the later to arrive', 1, [said(ANNA, 1, 'peas'), said(ANNA, 1, 'kale')], [], [[], [], [ANNA]]],
    ['what is not sent yet is the last', 1, [said(ANNA, 9, 'peas'), pending(ANNA, 1, 'kale')], [], [[], [], [ANNA]]],
    ['an unknown option spoils all of it', 2, [said(ANNA, 1, 'beans', 'gold')], [], [[], [], []]],
    ['also one beyond the limit', 1, [said(ANNA, 1, 'beans', 'gold')], [], [[], [], []]],
    ['a spoiled answer replaces a good one', 1, [said(ANNA, 1, 'beans'), said(ANNA, 2, 'gold')], [], [[], [], []]],
    ['no choice takes it back', 1, [said(ANNA, 1, 'beans'), said(ANNA, 2)], [], [[], [], []]],
    ['what is too much is left out', 2, [said(ANNA, 1, 'kale', 'peas', 'beans')], [], [[], [ANNA], [ANNA]]],
    ['twice the same is once', 2, [said(ANNA, 1, 'peas', 'peas')], [], [[], [ANNA], []]],
    ['twice the same takes the place of another', 2, [said(ANNA, 1, 'peas', 'peas', 'kale')], [], [[], [ANNA], []]],
    ['after the end it is too late', 1, [said(BEN, 11, 'peas')], [ended(ANNA, 10)], [[], [], []]],
    ['with the end it is not', 1, [said(BEN, 10, 'peas')], [ended(ANNA, 10)], [[], [BEN], []]],
    [
      'a late change leaves what was chosen in time',
      1,
      [said(BEN, 9, 'peas'), said(BEN, 11, 'kale')],
      [ended(ANNA, 10)],
      [[], [BEN], []],
    ],
    ['who may delete may end', 1, [said(BEN, 11, 'peas')], [ended(CARLA, 10)], [[], [], []]],
    ['nobody else', 1, [said(BEN, 11, 'peas')], [ended(BEN, 10)], [[], [BEN], []]],
    [
      'the first end holds',
      1,
      [said(BEN, 11, 'peas')],
      [ended(ANNA, 20), ended(CARLA, 10), ended(BEN, 5)],
      [[], [], []],
    ],
    ['a clock that is behind does no harm', 1, [said(BEN, -5, 'peas')], [], [[], [BEN], []]],
  ])('%s', (_, mostChoices, responses, endings, expected) => {
    const { votes } = countPoll(poll(mostChoices), responses, endings, mayEnd);
    expect([...votes.values()]).toEqual(expected);
  });

  it('names who has answered, and who ended it', () => {
    const responses = [said(ANNA, 1, 'beans', 'peas'), said(BEN, 2, 'gold'), said(CARLA, 3, 'kale')];
    const count = countPoll(poll(2), responses, [ended(BEN, 4), ended(CARLA, 6)], mayEnd);
    expect(count.voters).toEqual([ANNA, CARLA]);
    expect(count.ending).toEqual(ended(CARLA, 6));
    expect(countPoll(poll(2), responses, [ended(BEN, 4)], mayEnd).ending).toBeUndefined();
  });
});
