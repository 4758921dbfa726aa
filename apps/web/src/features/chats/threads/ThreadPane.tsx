import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import type { Strand } from '@byline/client/talk/strand.ts';
import { MessagesSquare } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../../ui/controls/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { chatPath } from '../chatPath.ts';
import { ComposerBar } from '../ComposerBar.tsx';
import { ConversationContext } from '../conversation.tsx';
import { DropZone } from '../DropZone.tsx';
import { EncryptionMark } from '../EncryptionMark.tsx';
import { TimelineList } from '../TimelineList.tsx';
import { useTalk } from '../useTalk.ts';
import { useWording } from '../wording.ts';
import heading from '../ConversationPane.module.css';
import styles from './ThreadPane.module.css';

/** What was answered to one message, and the message: `/chats/:roomId/thread/:threadId`, and an answer in it. */
export function ThreadPane({
  roomId,
  threadId,
  at,
}: {
  roomId: string;
  threadId: string;
  /** An answer that one comes to read. */
  at: string | undefined;
}) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { state, conversations } = useObservable(talk.conversations.list);
  const summary = conversations.find(({ key }) => key === roomId);
  const conversation = summary && talk.conversation(roomId);
  if (summary !== undefined && conversation !== undefined) {
    return <OneThread key={`${roomId} ${threadId}`} {...{ summary, conversation, threadId, at }} />;
  }
  return (
    <Pane title={t('threads.one')} backTo={chatPath(roomId)} deep>
      {state === 'loading' ? (
        <Loading />
      ) : (
        <EmptyState icon={<MessagesSquare />} title={t('notThere.title')} text={t('notThere.text')} />
      )}
    </Pane>
  );
}

interface ThreadProps {
  readonly summary: ConversationSummary;
  readonly conversation: Conversation;
  readonly threadId: string;
  readonly at: string | undefined;
}

function OneThread({ summary, conversation, threadId, at }: ThreadProps) {
  const { t } = useTranslation('chats');
  const { threads, roomId } = conversation;
  const opened = useObservable(threads.open(threadId));
  if (opened.state === 'ready') return <OpenThread {...{ summary, conversation, at }} strand={opened.strand} />;
  return (
    <Pane title={t('threads.one')} backTo={chatPath(roomId)} deep>
      {opened.state === 'opening' && <Loading />}
      {opened.state === 'missing' && (
        <EmptyState
          icon={<MessagesSquare />}
          title={t('threads.missing.title')}
          text={t('threads.missing.text')}
          action={<LinkButton href={chatPath(roomId)}>{t('threads.missing.back')}</LinkButton>}
        />
      )}
      {opened.state === 'error' && (
        <EmptyState
          icon={<MessagesSquare />}
          title={t('threads.failed.title')}
          text={t('threads.failed.text')}
          action={<Button onClick={() => threads.openAgain(threadId)}>{t('threads.failed.again')}</Button>}
        />
      )}
    </Pane>
  );
}

function OpenThread({
  summary,
  conversation,
  strand,
  at,
}: Pick<ThreadProps, 'summary' | 'conversation' | 'at'> & { readonly strand: Strand }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const name = wording.name(summary.name);
  useEffect(() => {
    strand.timeline.opened();
    return () => strand.composer.left();
  }, [strand]);
  return (
    <ConversationContext value={{ conversation, summary, strand }}>
      <DropZone>
        <Pane
          title={t('threads.one')}
          heading={
            <span className={styles.heading}>
              <span className={heading.title}>{t('threads.one')}</span>
              <span className={heading.subtitle}>
                <span className={heading.who}>{name}</span>
                <EncryptionMark isEncrypted={summary.encrypted} />
              </span>
            </span>
          }
          backTo={chatPath(summary.key)}
          deep
          body="fill"
          bottom={
            <div className={styles.bottom}>
              <ComposerBar />
            </div>
          }
        >
          <TimelineList label={t('threads.timeline', { name })} title={name} at={at} />
        </Pane>
      </DropZone>
    </ConversationContext>
  );
}

/** The shape of a thread while it is fetched. */
function Loading() {
  const { t } = useTranslation('chats');
  return (
    <div className={styles.loading} role="status" aria-label={t('loading')}>
      {['60%', '40%', '52%'].map((width) => (
        <Skeleton key={width} width={width} height="40px" />
      ))}
    </div>
  );
}
