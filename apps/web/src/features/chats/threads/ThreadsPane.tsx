import type { Threads } from '@byline/client/threads/threads.ts';
import type { ThreadEntry } from '@byline/client/threads/summary.ts';
import { MessagesSquare } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { ListRow } from '../../../ui/lists/ListRow.tsx';
import { UnreadDot } from '../../../ui/lists/Unread.tsx';
import { VirtualList } from '../../../ui/lists/VirtualList.tsx';
import { RelativeTime } from '../../../ui/time/RelativeTime.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { chatPath, threadPath } from '../chatPath.ts';
import { Face } from '../Face.tsx';
import { useTalk } from '../useTalk.ts';
import { useWording } from '../wording.ts';

/** The threads of a conversation, the one that was last answered in first: `/chats/:roomId/threads`. */
export function ThreadsPane({ roomId }: { roomId: string }) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { conversations } = useObservable(talk.conversations.list);
  const isKnown = conversations.some(({ key }) => key === roomId);
  const conversation = isKnown ? talk.conversation(roomId) : undefined;
  return (
    <Pane title={t('threads.title')} backTo={chatPath(roomId)} deep body="fill">
      {conversation === undefined ? (
        <EmptyState icon={<MessagesSquare />} title={t('notThere.title')} text={t('notThere.text')} />
      ) : (
        <ThreadList roomId={roomId} threads={conversation.threads} />
      )}
    </Pane>
  );
}

function ThreadList({ roomId, threads }: { roomId: string; threads: Threads }) {
  const { t } = useTranslation('chats');
  const { entries, older, isComplete } = useObservable(threads.list);
  const loadOlder = (): void => void threads.loadOlder();
  useEffect(() => void threads.loadOlder(), [threads]);
  return (
    <VirtualList
      label={t('threads.title')}
      items={entries}
      keyOf={({ key }) => key}
      state={older === 'ready' && !isComplete && entries.length === 0 ? 'loading' : older}
      onReachEnd={isComplete ? undefined : loadOlder}
      onTryAgain={loadOlder}
      empty={<EmptyState icon={<MessagesSquare />} title={t('threads.none.title')} text={t('threads.none.text')} />}
    >
      {(entry) => <ThreadRow roomId={roomId} entry={entry} />}
    </VirtualList>
  );
}

function ThreadRow({ roomId, entry }: { roomId: string; entry: ThreadEntry }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { key, sender, content, count, lastSender, lastAt, isUnread } = entry;
  return (
    <ListRow
      href={threadPath(roomId, key)}
      unread={isUnread}
      leading={<Face name={sender.name} id={sender.id} picture={sender.picture} />}
      title={content === undefined ? t('quote.unknown') : wording.line(content)}
      meta={<RelativeTime at={lastAt} look="list" />}
      text={t('threads.row', { answers: t('threads.answers', { count }), name: lastSender.name })}
      trailing={isUnread && <UnreadDot />}
    />
  );
}
