import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

export const ROPE_STREET: ConversationStory = {
  group: {
    name: 'Rope Street 5 · 缆绳街五号',
    topic: 'Stairs, parcels, keys. 楼梯、包裹、钥匙。',
    picture: 'ropeStreet',
  },
  members: ['mira', 'jianguo', 'xiaoman', 'aisha'],
  talks: [
    {
      when: day(34, '18:40'),
      lines: [
        ['mira', 'Somebody’s parcel is with me. It ticks.'],
        ['xiaoman', '是外公的！又是一只钟。', { reactions: { '😂': ['mira', 'aisha'] } }],
        ['jianguo', '谢谢米拉。我这就上来取，它不会咬人。'],
        ['mira', 'It chimed at me. I said hello back.', { reactions: { '😄': ['jianguo', 'xiaoman'] } }],
      ],
    },
    {
      when: day(24, '09:05'),
      lines: [
        ['aisha', 'They have begun to dig in front of the door. Please mind the plank, it has opinions.'],
        ['jianguo', '木板我加固了一下，现在稳了。'],
        ['mira', 'Mr Wang, you are a treasure.', { reactions: { '❤️': ['aisha', 'xiaoman'] } }],
        [
          'mira',
          {
            file: 'week,stairs,bins\n1,Mira,Aisha\n2,Wang,Mira\n3,Aisha,Wang\n4,Xiaoman (she offered),Mira\n',
            name: 'duty-list.csv',
            type: 'text/csv',
          },
          { id: 'duty' },
        ],
        ['xiaoman', '我什么时候说过我要扫楼梯？', { answers: 'duty' }],
        ['jianguo', '我替你说的。', { reactions: { '😂': ['mira', 'aisha'] } }],
      ],
    },
    {
      when: day(13, '21:15'),
      lines: [
        ['aisha', 'Whose is the bicycle with the basket full of soup bowls?'],
        ['xiaoman', 'Aunt Haiyan’s. She’s testing how much broth one spills on cobblestones. (All of it.)'],
      ],
    },
    {
      when: day(2, '16:20'),
      lines: [
        ['aisha', 'No water tomorrow from nine to twelve! City Hall just posted it.'],
        ['mira', 'I have filled everything that holds water, including two vases.'],
        ['jianguo', '我家有一大桶，大家需要就来敲门。', { reactions: { '🙏': ['mira', 'aisha'] } }],
      ],
    },
    {
      when: day(1, '12:15'),
      lines: [
        ['xiaoman', '水来了！先是咳嗽了两声，然后是棕色的，现在清了。'],
        [
          'mira',
          'Water is back, first brown, then clear. It coughed like my uncle.',
          { becomes: 'Water is back, first brown, then clear. It coughed exactly like my uncle.' },
        ],
        [
          'aisha',
          'Tea on the second floor at four, to celebrate the new pipe. It will last until 2130, they say.',
          { reactions: { '☕️': ['mira', 'xiaoman', 'jianguo'] } },
        ],
      ],
    },
    {
      when: minutesAgo(210),
      lines: [
        ['jianguo', '今天雾大，门口的木板滑，我撒了点沙。'],
        ['aisha', 'What did he say?'],
        ['xiaoman', 'The plank is slippery, he put sand on it. Also he has named the plank.'],
        ['mira', 'What is it called?'],
        ['jianguo', '小木。', { reactions: { '😂': ['xiaoman', 'mira', 'aisha'] } }],
      ],
    },
  ],
};
