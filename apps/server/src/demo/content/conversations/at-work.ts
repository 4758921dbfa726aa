import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

const NEWSROOM: ConversationStory = {
  members: ['ben', 'xiaoyu'],
  unread: { ben: 1 },
  talks: [
    {
      when: day(39, '09:10'),
      lines: [
        [
          'ben',
          'You can publish as the Courier now; I have named you an operator. Readers see the paper, not which of us typed.',
        ],
        ['xiaoyu', '谢谢主编。那错别字算谁的？'],
        ['ben', 'Mine. Always the editor’s. It says so above the door.', { reactions: { '😂': ['xiaoyu'] } }],
      ],
    },
    {
      when: day(30, '15:50'),
      lines: [
        ['xiaoyu', 'Mr Wang’s piece is ready: six hundred characters, seven clocks, one quotation that I would frame.'],
        ['ben', 'The one about listening to it?'],
        ['xiaoyu', 'That one. 四点半发。'],
        ['ben', 'Go.', { reactions: { '🚀': ['xiaoyu'] } }],
      ],
    },
    {
      when: minutesAgo(45),
      lines: [
        ['ben', 'I have posted the fog. There is nothing in the picture. It is our most liked of the week.'],
        ['xiaoyu', '我再配一条中文的：听见雾笛了吗？', { wait: 3 }],
      ],
    },
  ],
};

const CITY_AND_PRESS: ConversationStory = {
  members: ['clara', 'ben'],
  talks: [
    {
      when: day(26, '08:50'),
      lines: [
        ['clara', '“Wrestles with gulls”?'],
        ['ben', 'Correction is being set as we speak.'],
        ['clara', 'He has cut it out and framed it. You may leave it.', { reactions: { '😂': ['ben'] } }],
        ['ben', 'Too late, we have principles.'],
      ],
    },
    {
      when: day(14, '09:55'),
      lines: [
        ['clara', 'How many steps does the tower have?'],
        ['ben', '198. Why?'],
        ['clara', 'No reason.', { wait: 1 }],
      ],
    },
    {
      when: day(1, '16:30'),
      lines: [
        ['ben', 'Will the benches be voted on tonight?'],
        ['clara', 'As item one. Bring a cushion, the press bench is not painted and not comfortable.'],
      ],
    },
  ],
};

const STAFF: ConversationStory = {
  members: ['johanna', 'samuel'],
  unread: { samuel: 1 },
  talks: [
    {
      when: day(42, '08:40'),
      lines: [
        [
          'johanna',
          'You are a reviewer now. The key is yours to make and to keep; I do not want to see it, and the server can not.',
        ],
        ['samuel', 'Made, saved twice, opened once to be sure. The passphrase is in my head.'],
        ['johanna', 'And in an envelope in the safe?'],
        ['samuel', 'And in an envelope in the safe.', { reactions: { '👍': ['johanna'] } }],
      ],
    },
    {
      when: day(42, '15:30'),
      lines: [
        ['samuel', 'Three accounts reviewed, one sent back over a coffee cup. Everybody got their reasons.'],
        ['johanna', 'A coffee cup?', { id: 'cup' }],
        [
          'samuel',
          'I may not say more about it than that, and I would not.',
          { answers: 'cup', reactions: { '❤️': ['johanna'] } },
        ],
      ],
    },
    {
      when: minutesAgo(110),
      lines: [
        ['samuel', 'One application is waiting. I was out of the house for two days with a cold; I take it up today.'],
        ['johanna', 'Good. Get well. And no, I do not want to know who it is.', { wait: 2 }],
      ],
    },
  ],
};

const TOM_AND_AISHA: ConversationStory = {
  members: ['tom', 'aisha'],
  talks: [
    {
      when: day(11, '19:20'),
      lines: [
        ['tom', 'If somebody wanted to ask somebody to a film. How would one do that. Asking for the cat.'],
        ['aisha', 'The cat should just ask.', { reactions: { '🙈': ['tom'] } }],
        ['tom', 'The cat is shy.'],
        ['aisha', 'The cat has been talking about her jam for three weeks. Everybody knows, Tom. Even the gulls.'],
      ],
    },
    {
      when: day(1, '13:05'),
      lines: [
        ['tom', 'SHE asked. There is a film. About a whale.'],
        ['aisha', 'The gulls send their congratulations.', { reactions: { '🎉': ['tom'] } }],
      ],
    },
  ],
};

export const AT_WORK = [NEWSROOM, CITY_AND_PRESS, STAFF, TOM_AND_AISHA] as const;
