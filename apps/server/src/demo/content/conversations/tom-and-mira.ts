import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

export const TOM_AND_MIRA: ConversationStory = {
  members: ['tom', 'mira'],
  unread: { mira: 2 },
  talks: [
    {
      when: day(36, '18:05'),
      lines: [
        ['tom', 'Are you still coming on Friday? I have promised people a cake, and I can not bake.'],
        ['mira', 'What kind of cake did you promise?'],
        ['tom', 'I believe I said “a tall one”.'],
        ['mira', 'I will bring a tall one.', { reactions: { '❤️': ['tom'] } }],
      ],
    },
    {
      when: day(29, '10:12'),
      lines: [
        ['tom', { voice: 'plums' }, { id: 'plums', reactions: { '😂': ['mira'] } }],
        ['mira', 'The small ones. Never move a cat for a plum.', { answers: 'plums' }],
        ['tom', 'He has moved by himself. The large ones are now “reduced”.'],
        ['mira', 'Then both, and we make jam.'],
        ['tom', 'Eleven jars. I have written CAT PLUM on the labels. Is that legal?', { wait: 190 }],
        ['mira', 'Ask City Hall, they have an account now. Actually don’t.'],
      ],
    },
    {
      when: day(19, '16:02'),
      lines: [
        ['mira', { picture: 'catOnRope', name: 'IMG_2210.jpg', caption: 'Look who is in the paper' }],
        ['tom', 'He has an agent, I am sure of it.'],
        ['tom', 'I have thought about it and I would like to be his agent', { takenBack: true }],
        ['mira', 'I saw that before you deleted it.', { reactions: { '😳': ['tom'] } }],
      ],
    },
    {
      when: day(7, '23:40'),
      lines: [
        [
          'tom',
          { picture: 'lighthouseAtDusk', name: 'IMG_2304.jpg', caption: 'Before the crowd' },
          { reactions: { '😍': ['mira'] } },
        ],
        ['mira', 'That minute without the light. I am still thinking of it.'],
        ['tom', 'Me too. Nobody told me there were that many.'],
        ['mira', 'Stars or people?'],
        ['tom', 'Both, now that you ask.', { reactions: { '❤️': ['mira'] } }],
      ],
    },
    {
      when: day(1, '12:20'),
      lines: [
        ['mira', 'Are you free tomorrow evening? Xiaoyu has two tickets too many for the film about the whale.'],
        ['tom', 'Is it sad?'],
        ['mira', 'It is about a whale, Tom.'],
        ['tom', 'I will bring two handkerchiefs.'],
      ],
    },
    {
      when: minutesAgo(58),
      lines: [
        ['tom', 'Ferry is an hour late in this soup, so I walk round by the quay. Tell Xiaoyu I am coming.'],
        ['tom', 'Also I have just sat down on bench six. Mira. Bench SIX. It is still wet.', { wait: 14 }],
      ],
    },
  ],
};
