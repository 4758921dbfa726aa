import { MessageCircle } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { AboutPane } from './AboutPane.tsx';
import { eventIdIn, roomIdIn } from './chatPath.ts';
import { ConversationList } from './ConversationList.tsx';
import { ConversationPane } from './ConversationPane.tsx';
import { NewChat } from './NewChat.tsx';
import { NewGroup } from './NewGroup.tsx';
import { PinnedPane } from './pinned/PinnedPane.tsx';
import { SearchPane } from './search/SearchPane.tsx';
import { SpacePane } from './spaces/SpacePane.tsx';
import { ThreadPane } from './threads/ThreadPane.tsx';
import { ThreadsPane } from './threads/ThreadsPane.tsx';
import { useTalk } from './useTalk.ts';

/**
 * Private talk with people and groups: `/chats`, `/chats/:roomId` and a message in it, `/chats/:roomId/about`, `search`,
 * `threads`, `pinned` and `thread/:threadId`, `/chats/new`, `/chats/new-group` and
 * `/chats/spaces/:spaceId`.
 */
export default function ChatsPlace() {
  const { t } = useTranslation('chats');
  const { roomId: part, section, threadId, eventId } = useParams<'/chats/:roomId?/:section?/:threadId?/:eventId?'>();
  const roomId = roomIdIn(part);
  const [thread, answer] = [eventIdIn(threadId), eventIdIn(eventId)];
  useFailures();
  useLeaveWarning();
  return (
    <Panes
      list={<ConversationList current={roomId} />}
      content={
        section === 'thread' && roomId !== undefined && thread !== undefined ? (
          <ThreadPane roomId={roomId} threadId={thread} at={answer} />
        ) : (
          contentOf(roomId, section)
        )
      }
      placeholder={<EmptyState icon={<MessageCircle />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}

function contentOf(roomId: string | undefined, section: string | undefined): ReactNode {
  if (roomId === undefined) return undefined;
  if (roomId === 'new') return <NewChat />;
  if (roomId === 'new-group') return <NewGroup />;
  if (roomId === 'spaces') return <SpacePane spaceId={roomIdIn(section) ?? ''} />;
  if (section === 'about') return <AboutPane roomId={roomId} />;
  if (section === 'search') return <SearchPane roomId={roomId} />;
  if (section === 'threads') return <ThreadsPane roomId={roomId} />;
  if (section === 'pinned') return <PinnedPane roomId={roomId} />;
  return <ConversationPane roomId={roomId} at={eventIdIn(section)} />;
}

/** Says what could not be carried out after its time to undo was over. */
function useFailures(): void {
  const failure = useObservable(useTalk().failure);
  const toasts = useToasts();
  const problemText = useProblemText();
  useEffect(() => {
    if (failure) toasts.show({ message: problemText(failure.error), tone: 'problem' });
  }, [failure, toasts, problemText]);
}

/** Asks before the page is closed while files are still going up; words are kept anyway. */
function useLeaveWarning(): void {
  const talk = useTalk();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (talk.hasUnsentFiles()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [talk]);
}
