import type { UnreadCounts, UnreadOfRoom } from '../sources.ts';
import { membersText, objectText } from '../text.ts';

/** What is unread in a room, as members of its section; of the main timeline alone where threads are told apart. */
export const unreadTexts = (unread: UnreadOfRoom, tellsThreads: boolean): string => {
  const { threads } = unread;
  if (!tellsThreads || threads === undefined || threads.size === 0) {
    return membersText([['unread_notifications', countsText(unread)]]);
  }
  let { notificationCount, highlightCount } = unread;
  for (const thread of threads.values()) {
    notificationCount -= thread.notificationCount;
    highlightCount -= thread.highlightCount;
  }
  return membersText([
    ['unread_notifications', countsText({ notificationCount, highlightCount })],
    ['unread_thread_notifications', objectText([...threads].map(([root, counts]) => [root, countsText(counts)]))],
  ]);
};

const countsText = ({ notificationCount, highlightCount }: UnreadCounts): string =>
  `{"notification_count":${notificationCount},"highlight_count":${highlightCount}}`;
