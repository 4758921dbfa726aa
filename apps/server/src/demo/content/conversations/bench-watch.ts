import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

export const BENCH_WATCH: ConversationStory = {
  group: {
    name: 'Bench Watch',
    topic: 'What we know: blue, yellow, green, rose. What we do not know: everything else.',
    picture: 'benchWatch',
  },
  members: ['ben', 'mira', 'aisha', 'tom', 'xiaoyu'],
  unread: { mira: 1 },
  talks: [
    {
      when: day(32, '09:15'),
      lines: [
        [
          'ben',
          'I have made this group because the Courier has no budget for detectives, and you all walk past the quay.',
        ],
        ['tom', 'Do we get hats?'],
        ['ben', 'You get a mention.'],
        [
          'xiaoyu',
          'Facts: it happens between one and five in the morning, and always before a dry day. So it is somebody who reads the weather.',
        ],
        ['aisha', 'A sailor, then.'],
        ['mira', 'Or somebody with a good knee.', { reactions: { '😂': ['tom', 'aisha'] } }],
      ],
    },
    {
      when: day(25, '09:40'),
      lines: [
        ['ben', 'Green. That makes three. Evidence: one bristle, hog, size eight.'],
        ['aisha', 'I have kept watch from my window until two.'],
        ['ben', 'And?', { id: 'and' }],
        ['aisha', 'I fell asleep at two.', { answers: 'and', reactions: { '😂': ['ben', 'mira', 'tom', 'xiaoyu'] } }],
        [
          'xiaoyu',
          {
            file: 'day,colour,dry at dawn,seen by\n39,blue,yes,nobody\n32,yellow,yes,nobody\n25,green,yes,a shadow with a ladder\n',
            name: 'benches.csv',
            type: 'text/csv',
          },
        ],
        ['tom', 'Exactly seven days apart! Xiaoyu, you are wasted on the school.'],
      ],
    },
    {
      when: day(18, '20:10'),
      lines: [
        ['tom', 'It has been seven days. Nothing. Have we frightened them?'],
        ['mira', 'It rained.'],
        ['tom', 'Ah.'],
      ],
    },
    {
      when: day(14, '08:35'),
      lines: [
        [
          'ben',
          { picture: 'fourBenches', name: 'four.jpg', caption: 'Rose. I admit that I like the rose.' },
          { reactions: { '❤️': ['mira', 'aisha', 'xiaoyu'] } },
        ],
        ['aisha', 'Clara at City Hall sat on it at lunch. She thought nobody saw.'],
        ['ben', 'This is off the record.'],
        ['xiaoyu', '我猜这个人很认真：椅子腿的内侧也刷了。', { id: 'inside' }],
        [
          'mira',
          'The insides of the legs are painted too? Then it is somebody who kept a lighthouse clean, or a clock.',
          { answers: 'inside', reactions: { '🤔': ['ben', 'tom', 'aisha'] } },
        ],
      ],
    },
    {
      when: day(4, '08:50'),
      lines: [
        ['ben', 'Signed. With a paw.'],
        ['tom', 'So it IS the cat.'],
        [
          'xiaoyu',
          'The paw has five toes. Cats have four that print. I teach biology on Thursdays.',
          { reactions: { '👏': ['ben', 'mira'] } },
        ],
        ['aisha', 'So somebody drew it who has never looked at a cat from below.'],
      ],
    },
    {
      when: minutesAgo(190),
      lines: [
        ['ben', 'The council gave in, eight to five. They may stay. So now there is no crime. What are we?'],
        ['mira', 'A bench appreciation society.'],
        ['ben', 'Tom reports a sixth. Orange. In this fog. I respect it.', { wait: 150 }],
      ],
    },
  ],
};
