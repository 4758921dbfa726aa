import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

export const SWIMMERS: ConversationStory = {
  group: {
    name: 'The Lukewarm Club',
    topic: 'At the Steps, seven o’clock. Complaints at half past.',
    picture: 'swimClub',
  },
  members: ['tom', 'mira', 'aisha', 'piet', 'haiyan'],
  favourite: ['mira'],
  unread: { mira: 4, haiyan: 1 },
  talks: [
    {
      when: day(38, '19:10'),
      lines: [
        ['tom', 'Welcome to the official group of the Lukewarm Club. Rule one: nobody is asked how cold it is.'],
        ['aisha', 'How cold is it?', { id: 'cold', reactions: { '😂': ['mira', 'piet', 'haiyan'] } }],
        ['tom', 'You bring the coffee tomorrow.', { answers: 'cold' }],
        ['piet', 'In 1974 we broke ice with an oar. Then we swam. Then we lied about it to our wives.'],
        ['mira', 'I will come and hold the towels.'],
        [
          'haiyan',
          '我负责热汤。I bring soup. Not for the water, for you.',
          { reactions: { '❤️': ['mira', 'tom', 'aisha'] } },
        ],
      ],
    },
    {
      when: day(31, '07:48'),
      lines: [
        ['aisha', { voice: 'cold' }, { id: 'voice' }],
        ['tom', 'Poetry.', { answers: 'voice' }],
        [
          'mira',
          'I listened to it on the tram. Aloud, by mistake. A gentleman gave me his scarf.',
          { reactions: { '😂': ['aisha', 'tom'], '🧣': ['piet'] } },
        ],
        ['piet', 'Fourteen is what we used to heat the bath to.'],
      ],
    },
    {
      when: day(23, '20:30'),
      lines: [
        ['tom', 'Tomorrow seven again? Tide is in, wind is out.'],
        ['aisha', 'In.'],
        ['haiyan', 'In. 汤也在。'],
        ['piet', 'I shall supervise.'],
        [
          'mira',
          'Holding towels.',
          {
            becomes: 'Swimming. I have told my sister, so now I have to.',
            reactions: { '🎉': ['tom', 'aisha', 'haiyan', 'piet'] },
          },
        ],
      ],
    },
    {
      when: day(22, '07:55'),
      lines: [
        [
          'tom',
          { picture: 'swimmers', name: 'four.jpg', caption: 'Historic. From left: Aisha, the legend, Haiyan, me.' },
          { id: 'historic', reactions: { '❤️': ['mira', 'aisha', 'haiyan'], '👏': ['piet'] } },
        ],
        ['mira', 'I am the legend??', { answers: 'historic' }],
        ['tom', 'You said a word when you went in that I have only ever read.'],
        ['mira', 'First I regretted it. Then I was hungry. Now I like everybody. Is this the club?'],
        ['aisha', 'This is the club.'],
      ],
    },
    {
      when: day(12, '17:52'),
      lines: [
        [
          'piet',
          'We are in the Courier. A hundred years of jumping in. They have spelled my name correctly, which is new.',
        ],
        ['tom', 'They printed my sentence about opinions!'],
        [
          'aisha',
          'They printed mine about regret. My mother has called twice. She wants to know what I did.',
          { reactions: { '😂': ['mira', 'tom', 'haiyan'] } },
        ],
        ['haiyan', '我把报纸贴在店里了。A customer asked for my autograph and then for chili.'],
      ],
    },
    {
      when: day(6, '08:20'),
      lines: [
        ['mira', 'Who else can not feel their knees?'],
        ['tom', '198.'],
        [
          'piet',
          'One hundred and ninety-eight. I told them. I told them for thirty years.',
          { reactions: { '🫡': ['mira', 'tom'] } },
        ],
        ['haiyan', 'Pot is very empty. 谢谢大家，一滴都没剩。'],
        ['aisha', 'That soup saved a tenor.'],
      ],
    },
    {
      when: minutesAgo(150),
      lines: [
        ['mira', 'Fog. I can see my coffee and nothing after it.'],
        ['tom', 'The horn is lovely though. Our well-read cow.', { reactions: { '😂': ['mira', 'aisha'] } }],
        ['aisha', 'So do we swim when we can’t see the Mole?', { id: 'mole', wait: 20 }],
        [
          'piet',
          'No. In fog one stays by the Steps and sings, so that one is not run over by the Marguerite.',
          { answers: 'mole', reactions: { '👍': ['tom', 'haiyan'] } },
        ],
        ['haiyan', 'I make ginger soup. 姜汤，趁热来喝。', { reactions: { '❤️': ['tom', 'aisha'] } }],
        ['tom', 'Seven tomorrow then, singing. Mira, you are first voice. No discussion.', { wait: 3 }],
      ],
    },
  ],
};
