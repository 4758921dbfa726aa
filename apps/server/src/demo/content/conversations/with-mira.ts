import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

/** Two learn each other's language. */
const XIAOYU_AND_MIRA: ConversationStory = {
  members: ['mira', 'xiaoyu'],
  talks: [
    {
      when: day(35, '20:00'),
      lines: [
        ['mira', '你好，晓雨！今天我学习了一个新词：雾。'],
        ['xiaoyu', '很好！What does it mean?'],
        ['mira', 'Fog. It looks like rain standing on something.'],
        [
          'xiaoyu',
          'That is nearly what it is. 雨 on top: rain. You are reading already.',
          { reactions: { '🎉': ['mira'] } },
        ],
        ['mira', 'And yours for today: “to muddle through”.'],
        ['xiaoyu', '“I have been muddling through the school accounts since Monday.”'],
        ['mira', 'Perfect. Sadly perfect.'],
      ],
    },
    {
      when: day(30, '17:00'),
      lines: [
        ['xiaoyu', '我写老王的文章登出来了。你读读看，能看懂多少？'],
        [
          'mira',
          'I understood: clock, seven, grandfather, candy. Is it a crime story?',
          { reactions: { '😂': ['xiaoyu'] } },
        ],
        ['xiaoyu', '孩子的钟，一颗糖。For a child’s clock he asks one sweet.'],
        ['mira', 'I am going to break something small.'],
      ],
    },
    {
      when: day(17, '19:30'),
      lines: [
        ['xiaoyu', '今天的成语：对牛弹琴。'],
        ['mira', 'Facing… cow… play… violin?'],
        ['xiaoyu', 'To play the lute to a cow. When nobody listens.'],
        ['mira', 'We have one: to talk to a brick wall. The cow is nicer.'],
        [
          'xiaoyu',
          'Tom says the new horn sounds like a cow who has read books. So this cow, maybe, listens.',
          { reactions: { '❤️': ['mira'] } },
        ],
      ],
    },
    {
      when: day(1, '11:30'),
      lines: [
        ['xiaoyu', '电影票多了两张，讲鲸鱼的。明天晚上七点，来吗？'],
        ['mira', '来！我问问汤姆。'],
        ['xiaoyu', '带手帕。', { reactions: { '😢': ['mira'] } }],
      ],
    },
    {
      when: minutesAgo(100),
      lines: [
        ['mira', '今天有雾！我会写了：雾。'],
        ['xiaoyu', '写得真好。晚上电影院门口见，听着雾笛走就不会迷路。'],
        ['mira', '一言为定。', { reactions: { '👍': ['xiaoyu'] } }],
      ],
    },
  ],
};

const PIET_AND_MIRA: ConversationStory = {
  members: ['piet', 'mira'],
  unread: { mira: 1 },
  talks: [
    {
      when: day(26, '18:20'),
      lines: [
        [
          'piet',
          {
            picture: 'oldHarbour',
            name: 'harbour-1958.jpg',
            caption:
              'Found in the tin with the fuses. The harbour, the year I was seven. The boy on the rowing boat is not me; I had been told to stay off it.',
          },
          { reactions: { '❤️': ['mira'] } },
        ],
        ['mira', 'Piet, this is wonderful. How many of these do you have?'],
        ['piet', 'Four biscuit tins. My wife labelled them: Ships, People, Weather, Nonsense.'],
        ['mira', 'People should see them. You could open a public account, like the Courier. One photograph a week.'],
        ['piet', 'Who would read that?', { id: 'who' }],
        ['mira', 'I would. Twice.', { answers: 'who', reactions: { '😊': ['piet'] } }],
      ],
    },
    {
      when: day(13, '17:45'),
      lines: [
        ['mira', 'You have paint on your sleeve in the choir photograph.'],
        ['piet', 'That is marmalade.'],
        ['mira', 'Blue marmalade?'],
        ['piet', 'Plum.', { reactions: { '🤨': ['mira'] } }],
      ],
    },
    {
      when: day(2, '17:50'),
      lines: [
        [
          'piet',
          'I have done it. “Old Linden.” They wanted my name, my card, and a photograph of the card. In it I look like a seal.',
        ],
        ['mira', 'The animal or the stamp?'],
        [
          'piet',
          'The animal. It said that all of this is locked with a key which the server itself does not have. I kept a lighthouse; I approve of a good lock.',
          { reactions: { '👍': ['mira'] } },
        ],
        ['mira', 'And now?'],
        [
          'piet',
          'Now somebody looks at it. It says they will give me reasons, whatever they decide. That is more than the harbour office ever did.',
        ],
      ],
    },
    {
      when: minutesAgo(80),
      lines: [
        ['mira', 'Any news from the reviewers?'],
        [
          'piet',
          'It still waits. I have meanwhile chosen the first ten photographs. And if Tom asks: I was asleep all night, and I own no orange.',
          { wait: 2 },
        ],
      ],
    },
  ],
};

const AISHA_AND_MIRA: ConversationStory = {
  members: ['aisha', 'mira'],
  talks: [
    {
      when: day(33, '19:50'),
      lines: [
        ['aisha', 'Did you hear it?? The horn! My windows hummed.'],
        ['mira', 'The whole street hummed. Mr Wang’s clocks answered.'],
      ],
    },
    {
      when: day(10, '18:10'),
      lines: [
        [
          'aisha',
          'I was on the Marguerite in that wind. The captain’s hat went first. Then a lady’s newspaper. Then somebody’s sandwich, which a gull took in the air.',
        ],
        [
          'mira',
          { picture: 'ferryInWind', name: 'IMG_2251.jpg', caption: 'I saw you coming in!' },
          { reactions: { '😮': ['aisha'] } },
        ],
        ['aisha', 'We look so calm in this. We were not calm.'],
      ],
    },
    {
      when: day(3, '20:40'),
      lines: [
        ['aisha', 'Can I borrow your tall cake tin? It’s my mother’s birthday, and she has heard of Tom’s cake.'],
        ['mira', 'Of course. It’s on the stairs. Say it was your idea.', { reactions: { '🙏': ['aisha'] } }],
      ],
    },
  ],
};

const HELPERS: ConversationStory = {
  group: { name: 'Lighthouse Night: helpers', topic: 'Next year, earlier, with more soup.', picture: 'helpers' },
  members: ['clara', 'piet', 'haiyan'],
  invited: ['mira'],
  talks: [
    {
      when: minutesAgo(225),
      lines: [
        ['clara', 'While everybody’s knees still remember: who helps next year?'],
        ['piet', 'I have the key.'],
        ['haiyan', 'I have the pot. 要买个更大的。'],
        ['clara', 'I have asked Mira too. She knows where all the torches are.'],
      ],
    },
  ],
};

export const WITH_MIRA = [XIAOYU_AND_MIRA, PIET_AND_MIRA, AISHA_AND_MIRA, HELPERS] as const;
