import { EventId } from '@byline/protocol';
import { expect, test } from 'vitest';
import { unreadTexts } from './unread-text.ts';

const root = EventId.parse('$root');
const unread = {
  notificationCount: 5,
  highlightCount: 2,
  threads: new Map([[root, { notificationCount: 3, highlightCount: 2 }]]),
};

test.each([
  ['all together', unread, false, { unread_notifications: { notification_count: 5, highlight_count: 2 } }],
  [
    'threads apart',
    unread,
    true,
    {
      unread_notifications: { notification_count: 2, highlight_count: 0 },
      unread_thread_notifications: { [root]: { notification_count: 3, highlight_count: 2 } },
    },
  ],
  [
    'no thread that is unread',
    { ...unread, threads: new Map() },
    true,
    { unread_notifications: { notification_count: 5, highlight_count: 2 } },
  ],
])('%s', (_name, counts, tellsThreads, expected) => {
  expect(JSON.parse(`{${unreadTexts(counts, tellsThreads)}}`)).toEqual(expected);
});
