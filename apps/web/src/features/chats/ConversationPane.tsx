import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import { MessageCircleOff } from 'lucide-react';
import { Suspense, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useObservable } from '../session/useObservable.ts';
import { TalkTrust } from '../trust/TalkTrust.tsx';
import { aboutPath, threadPath } from './chatPath.ts';
import { ComposerBar } from './ComposerBar.tsx';
import { ConversationContext, useConversation } from './conversation.tsx';
import { ConversationMenu } from './ConversationMenu.tsx';
import styles from './ConversationPane.module.css';
import { EncryptionMark } from './EncryptionMark.tsx';
import { DropZone } from './DropZone.tsx';
import { Face } from './Face.tsx';
import { InvitationRow } from './InvitationRow.tsx';
import { PinnedBar } from './pinned/PinnedBar.tsx';
import { TimelineList } from './TimelineList.tsx';
import { TypingLine } from './TypingLine.tsx';
import { useTalk } from './useTalk.ts';
import { useWording } from './wording.ts';

/** What is said with somebody or in a group: `/chats/:roomId`; `at` is a message that one comes to read. */
export function ConversationPane({ roomId, at }: { roomId: string; at: string | undefined }) {
  const talk = useTalk();
  const { state, conversations } = useObservable(talk.conversations.list);
  const summary = conversations.find(({ key }) => key === roomId);
  if (summary === undefined) return state === 'loading' ? <Loading /> : <NotThere />;
  const conversation = talk.conversation(roomId);
  if (conversation === undefined) return <Invitation summary={summary} />;
  return <OpenConversation key={roomId} summary={summary} conversation={conversation} at={at} />;
}

function OpenConversation({
  summary,
  conversation,
  at,
}: {
  summary: ConversationSummary;
  conversation: Conversation;
  at: string | undefined;
}) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const title = wording.name(summary.name);
  useEffect(() => {
    conversation.main.timeline.opened();
    return () => conversation.main.composer.left();
  }, [conversation]);
  const goToThread = useThreadOf(conversation);
  return (
    <ConversationContext value={{ conversation, summary, strand: conversation.main }}>
      <DropZone>
        <Pane
          title={title}
          heading={<Heading title={title} summary={summary} conversation={conversation} />}
          backTo="/chats"
          body="fill"
          actions={<ConversationMenu />}
          bottom={
            <>
              <TypingLine />
              <PeopleNotes />
              <ComposerBar />
            </>
          }
        >
          <TimelineList
            label={t('timeline', { title })}
            title={title}
            at={at}
            onElsewhere={goToThread}
            top={<PinnedBar />}
          />
        </Pane>
      </DropZone>
    </ConversationContext>
  );
}

/** Goes on to the thread in which a message was said. */
function useThreadOf({ threads, roomId }: Conversation): (eventId: string) => void {
  const [, navigate] = useLocation();
  return useCallback(
    (eventId) => {
      const go = async (): Promise<void> => {
        const threadId = await threads.threadOf(eventId);
        if (threadId !== undefined) navigate(threadPath(roomId, threadId, eventId), { replace: true });
      };
      void go();
    },
    [threads, roomId, navigate],
  );
}

function Heading({
  title,
  summary,
  conversation,
}: {
  title: string;
  summary: ConversationSummary;
  conversation: Conversation;
}) {
  const { t } = useTranslation('chats');
  const members = useObservable(conversation.members);
  const { key, kind, partner, picture, encrypted, isNotices } = summary;
  const count = members.filter(({ isInvited }) => !isInvited).length;
  return (
    <Link href={aboutPath(key)} className={styles.heading}>
      <Face name={title} id={partner ?? key} picture={picture} size={40} />
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.subtitle}>
          {isNotices ? (
            <span className={styles.who}>{t('notices')}</span>
          ) : (
            <>
              <span className={styles.who}>{kind === 'direct' ? partner : t('members', { count })}</span>
              <EncryptionMark isEncrypted={encrypted} />
            </>
          )}
        </span>
      </span>
    </Link>
  );
}

/** In a larger group nobody knows everybody, and a change of somebody's keys tells little. */
const MOST_WATCHED = 50;

/** What there is to know of the people of an encrypted conversation, when there is anything. */
function PeopleNotes() {
  const { conversation, summary } = useConversation();
  const members = useObservable(conversation.members);
  if (!summary.encrypted) return null;
  return (
    <Suspense fallback={null}>
      <TalkTrust people={members.filter(({ isSelf }) => !isSelf).slice(0, MOST_WATCHED)} />
    </Suspense>
  );
}

function Invitation({ summary }: { summary: ConversationSummary }) {
  const wording = useWording();
  return (
    <Pane title={wording.name(summary.name)} backTo="/chats" body="form">
      <InvitationRow conversation={summary} />
    </Pane>
  );
}

/** The shape of a conversation while it is not known yet. */
function Loading() {
  const { t } = useTranslation('chats');
  return (
    <Pane title={t('conversation')} heading={<Skeleton width="160px" height="20px" />} backTo="/chats" body="fill">
      <div className={styles.loading} role="status" aria-label={t('loading')}>
        {['45%', '60%', '30%', '52%'].map((width, index) => (
          <div key={width} className={styles.shape} data-own={index % 2 === 1 || undefined}>
            <Skeleton width={width} height="40px" />
          </div>
        ))}
      </div>
    </Pane>
  );
}

function NotThere() {
  const { t } = useTranslation('chats');
  return (
    <Pane title={t('conversation')} backTo="/chats">
      <EmptyState
        icon={<MessageCircleOff />}
        title={t('notThere.title')}
        text={t('notThere.text')}
        action={<LinkButton href="/chats">{t('notThere.home')}</LinkButton>}
      />
    </Pane>
  );
}
