import { day, minutesAgo } from '../../telling/when.ts';
import type { ConversationStory } from '../words.ts';

export const CHOIR: ConversationStory = {
  group: {
    name: 'Linden Choir',
    topic: 'Rehearsal in the fish hall, half past seven. Dress warmly.',
    picture: 'choir',
  },
  members: ['yun', 'mira', 'clara', 'ben', 'tom', 'johanna'],
  muted: ['mira'],
  unread: { mira: 5 },
  talks: [
    {
      when: day(27, '17:10'),
      lines: [
        [
          'yun',
          'Good evening. Tonight: the sea song from the second verse. Altos, this is your note; please carry it with you all day.',
        ],
        ['yun', { voice: 'pitch' }, { reactions: { '🎶': ['mira', 'clara'] } }],
        ['ben', 'I hummed it in a meeting. The meeting hummed back.', { reactions: { '😂': ['yun', 'tom'] } }],
        ['tom', 'Are basses needed for the second verse?'],
        ['yun', 'Tom, basses are always needed. They are rarely there.'],
      ],
    },
    {
      when: day(20, '19:00'),
      lines: [
        ['yun', 'The horn is a G now. We do not go up, the harbour has come down.'],
        [
          'clara',
          'City Hall regrets any inconvenience in the key of A.',
          { reactions: { '😂': ['ben', 'yun', 'johanna'] } },
        ],
        ['johanna', 'I checked the lamp room. Eleven people fit, says the sign. How many are we?'],
        ['yun', 'Twenty-six.'],
        ['johanna', 'Then we sing in layers.'],
      ],
    },
    {
      when: day(6, '10:05'),
      lines: [
        [
          'yun',
          'You were wonderful. Those on the stairs too: I am told there was a canon. It was not planned, and we keep it.',
          { reactions: { '❤️': ['mira', 'clara', 'ben', 'tom', 'johanna'] } },
        ],
        ['mira', 'I was on step 142. It was the best acoustics of my life, and I saw nothing.'],
      ],
    },
    {
      when: minutesAgo(130),
      lines: [
        ['yun', 'Fog: rehearsal as always. Follow the singing.'],
        ['clara', 'The fish hall is going to be painted grey-brown on Monday. I am sorry. It had to go somewhere.'],
        ['ben', 'May I quote that?', { wait: 2 }],
        ['clara', 'No.'],
        ['johanna', 'I will bring the lamp.'],
      ],
    },
  ],
};
