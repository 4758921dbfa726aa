import type { ThreadSummary } from '@byline/client/threads/summary.ts';
import { MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { CameFrom } from '../../../ui/layout/navigation.ts';
import { UnreadDot } from '../../../ui/lists/Unread.tsx';
import { RelativeTime } from '../../../ui/time/RelativeTime.tsx';
import { threadPath } from '../chatPath.ts';
import { useConversation } from '../conversation.tsx';
import styles from './ThreadLine.module.css';

/** Under the message with which a thread begins: how many have answered, who last and when. It leads there. */
export function ThreadLine({ threadId, thread }: { threadId: string; thread: ThreadSummary }) {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const [location] = useLocation();
  const state: CameFrom = { from: location };
  const { count, lastSender, lastAt, isUnread, isFailed } = thread;
  return (
    <Link
      href={threadPath(conversation.roomId, threadId)}
      state={state}
      className={styles.line}
      data-unread={isUnread || undefined}
    >
      <MessagesSquare className={styles.icon} aria-hidden="true" />
      <span className={styles.count}>{t('threads.answers', { count })}</span>
      <span className={styles.last}>{lastSender.name}</span>
      <span className={styles.time}>
        <RelativeTime at={lastAt} look="list" />
      </span>
      {isFailed && <span className={styles.failed}>{t('threads.unsent')}</span>}
      {isUnread && <UnreadDot />}
    </Link>
  );
}
