import { describe, expect, it } from 'vitest';
import { choicesIn, MOST_OPTIONS, pollIn, responseContent, startContent } from './poll-content.ts';

const tea = {
  question: 'Tea',
  options: [
    { id: 'a', text: 'Green' },
    { id: 'b', text: 'Black' },
  ],
  mostChoices: 1,
};
const unstable = (change: object): object => ({
  'org.matrix.msc3381.poll.start': {
    question: { 'org.matrix.msc1767.text': 'Tea' },
    kind: 'org.matrix.msc3381.poll.disclosed',
    max_selections: 1,
    answers: [
      { id: 'a', 'org.matrix.msc1767.text': 'Green' },
      { id: 'b', 'org.matrix.msc1767.text': 'Black' },
    ],
    ...change,
  },
});
const words = (body: string): object => ({ 'm.text': [{ mimetype: 'text/html', body: '<b>?</b>' }, { body }] });

describe('pollIn', () => {
  it.each([
    ['as clients send it', unstable({}), { ...tea, isOpen: true }],
    ['closed', unstable({ kind: 'org.matrix.msc3381.poll.undisclosed' }), { ...tea, isOpen: false }],
    ['of an unknown kind', unstable({ kind: 'town.riddle' }), { ...tea, isOpen: false }],
    ['without a kind', unstable({ kind: undefined }), { ...tea, isOpen: false }],
    ['for several choices', unstable({ max_selections: 2 }), { ...tea, mostChoices: 2, isOpen: true }],
    ['for more choices than there are', unstable({ max_selections: 9 }), { ...tea, mostChoices: 2, isOpen: true }],
    ['for no choice', unstable({ max_selections: 0 }), { ...tea, isOpen: true }],
    [
      'with the text of a message',
      unstable({ question: { msgtype: 'm.text', body: 'Tea' } }),
      { ...tea, isOpen: true },
    ],
    [
      'under the names that it will have',
      {
        'm.poll': {
          kind: 'm.disclosed',
          question: words('Tea'),
          answers: [
            { 'm.id': 'a', ...words('Green') },
            { 'm.id': 'b', ...words('Black') },
          ],
        },
      },
      { ...tea, isOpen: true },
    ],
    ['without a question', unstable({ question: { 'org.matrix.msc1767.text': ' ' } }), undefined],
    ['with nothing to choose', unstable({ answers: [] }), undefined],
    [
      'with options that nobody can tell apart',
      unstable({
        answers: [
          { id: 'a', body: 'x' },
          { id: 'a', body: 'y' },
        ],
      }),
      undefined,
    ],
    [
      'with an odd option',
      unstable({ answers: [{ id: 'a', body: 'Green' }, 3, { id: 'b', body: 'Black' }] }),
      { ...tea, isOpen: true },
    ],
    ['of nothing', {}, undefined],
    ['of something odd', { 'm.poll': 3 }, undefined],
  ])('a poll %s', (_, content, expected) => expect(pollIn({ ...content })).toEqual(expected));

  it('has no more options than allowed', () => {
    const answers = Array.from({ length: 25 }, (_, index) => ({ id: `${index}`, body: 'x' }));
    expect(pollIn({ ...unstable({ answers }) })?.options).toHaveLength(MOST_OPTIONS);
  });

  it('reads what we send', () => {
    const content = startContent({ question: 'Tea', options: ['Green', 'Black'], mostChoices: 2, isOpen: false });
    expect(pollIn(content)).toMatchObject({ question: 'Tea', mostChoices: 2, isOpen: false });
    expect(pollIn(content)?.options.map(({ text }) => text)).toEqual(['Green', 'Black']);
    expect(content['org.matrix.msc1767.text']).toBe('Tea\n1. Green\n2. Black');
  });
});

it.each([
  ['as clients send it', responseContent('$1', ['a']), ['a']],
  ['under the names that it will have', { 'm.selections': ['a', 'b'] }, ['a', 'b']],
  ['between the two', { 'm.poll.response': { answers: ['a'] } }, ['a']],
  ['that is none', {}, []],
  ['that is odd', { 'org.matrix.msc3381.poll.response': { answers: [3] } }, []],
])('an answer %s', (_, content, expected) => expect(choicesIn({ ...content })).toEqual(expected));
