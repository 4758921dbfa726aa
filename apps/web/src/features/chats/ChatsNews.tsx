import { UnreadBadge } from '../../ui/lists/Unread.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './ChatsNews.module.css';
import { useTalk } from './useTalk.ts';

/** How many messages and invitations of people wait. */
export default function ChatsNews() {
  const { unread, invitations } = useObservable(useTalk().conversations.list);
  return (
    <span className={styles.news}>
      <UnreadBadge count={unread + invitations} />
    </span>
  );
}
