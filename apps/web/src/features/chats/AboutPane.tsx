import type { ConversationSummary } from '@byline/client/conversations/summary.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import { Bell, BellOff, LogOut } from 'lucide-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useObservable } from '../session/useObservable.ts';
import { EncryptionPart } from '../trust/EncryptionPart.tsx';
import { PersonTrust } from '../trust/PersonTrust.tsx';
import styles from './AboutPane.module.css';
import { chatPath } from './chatPath.ts';
import { ConversationContext } from './conversation.tsx';
import { Face } from './Face.tsx';
import { GroupHead } from './GroupHead.tsx';
import { MemberList } from './MemberList.tsx';
import { useConversationActions } from './useConversationActions.ts';
import { useTalk } from './useTalk.ts';
import { useWording } from './wording.ts';

/** Who takes part in a conversation, and what may be done with it: `/chats/:roomId/about`. */
export function AboutPane({ roomId }: { roomId: string }) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { conversations } = useObservable(talk.conversations.list);
  const summary = conversations.find(({ key }) => key === roomId);
  const conversation = summary && talk.conversation(roomId);
  const isGroup = summary?.kind === 'group' && !summary.isNotices;
  const title = isGroup ? t('about.group') : t('about.person');
  return (
    <Pane title={title} backTo={chatPath(roomId)} deep>
      {summary && conversation ? (
        <ConversationContext value={{ conversation, summary, strand: conversation.main }}>
          <About summary={summary} conversation={conversation} />
        </ConversationContext>
      ) : (
        <EmptyState title={t('notThere.title')} text={t('notThere.text')} />
      )}
    </Pane>
  );
}

function About({ summary, conversation }: { summary: ConversationSummary; conversation: Conversation }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { setMuted, leave } = useConversationActions(summary);
  const { key, kind, name, partner, picture, muted, encrypted, isNotices } = summary;
  const { mayEncrypt } = useObservable(conversation.rights);
  const title = wording.name(name);
  useEffect(() => {
    // What is known already stays; the list says nothing of those who could not be fetched now.
    conversation.loadMembers().catch(() => undefined);
  }, [conversation]);
  return (
    <div className={styles.about}>
      {kind === 'group' ? (
        <GroupHead title={title} />
      ) : (
        <div className={styles.person}>
          <Face name={title} id={partner ?? key} picture={picture} size={96} />
          <p className={styles.name}>{title}</p>
          <p className={styles.id}>{partner}</p>
        </div>
      )}
      <div className={styles.actions}>
        <Button icon={muted ? <Bell /> : <BellOff />} onClick={() => setMuted(!muted)}>
          {muted ? t('menu.unmute') : t('menu.mute')}
        </Button>
        {!isNotices && (
          <Button icon={<LogOut />} tone="danger" onClick={leave}>
            {kind === 'group' ? t('menu.leaveGroup') : t('menu.leave')}
          </Button>
        )}
      </div>
      {isNotices ? (
        <p className={styles.notices}>{t('about.noticesText')}</p>
      ) : (
        <EncryptionPart isEncrypted={encrypted} mayEncrypt={mayEncrypt} onEncrypt={() => conversation.encrypt()} />
      )}
      {encrypted && partner !== undefined && (
        <Suspense fallback={null}>
          <PersonTrust userId={partner} name={title} roomId={key} />
        </Suspense>
      )}
      {kind === 'group' && !isNotices && <MemberList />}
    </div>
  );
}
