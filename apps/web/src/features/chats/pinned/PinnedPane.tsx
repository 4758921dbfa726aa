import type { PinnedMessage } from '@byline/client/pinned/pinned.ts';
import type { Conversation } from '@byline/client/talk/conversation.ts';
import { Pin, PinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/Button.tsx';
import { IconButton } from '../../../ui/controls/IconButton.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../../ui/layout/Pane.tsx';
import { ListRow } from '../../../ui/lists/ListRow.tsx';
import { VirtualList } from '../../../ui/lists/VirtualList.tsx';
import { RelativeTime } from '../../../ui/time/RelativeTime.tsx';
import { useObservable } from '../../session/useObservable.ts';
import { chatPath, messagePath } from '../chatPath.ts';
import { ConversationContext } from '../conversation.tsx';
import { Face } from '../Face.tsx';
import { useTalk } from '../useTalk.ts';
import styles from './Pinned.module.css';
import { usePin } from './usePin.ts';
import { usePinnedLine } from './usePinnedLine.ts';

/** All that is pinned in a conversation, the last first: `/chats/:roomId/pinned`. */
export function PinnedPane({ roomId }: { roomId: string }) {
  const { t } = useTranslation('chats');
  const talk = useTalk();
  const { conversations } = useObservable(talk.conversations.list);
  const summary = conversations.find(({ key }) => key === roomId);
  const conversation = summary && talk.conversation(roomId);
  return (
    <Pane title={t('pinned.title')} backTo={chatPath(roomId)} deep body="fill">
      {summary && conversation ? (
        <ConversationContext value={{ conversation, summary, strand: conversation.main }}>
          <PinnedList conversation={conversation} />
        </ConversationContext>
      ) : (
        <EmptyState icon={<Pin />} title={t('notThere.title')} text={t('notThere.text')} />
      )}
    </Pane>
  );
}

function PinnedList({ conversation: { pinned, roomId } }: { conversation: Conversation }) {
  const { t } = useTranslation('chats');
  const messages = useObservable(pinned.list);
  const isFailed = messages.some(({ state }) => state === 'error');
  return (
    <VirtualList
      label={t('pinned.title')}
      items={messages}
      keyOf={({ key }) => key}
      state="ready"
      empty={<EmptyState icon={<Pin />} title={t('pinned.none.title')} text={t('pinned.none.text')} />}
      end={isFailed ? <Button onClick={() => pinned.fetchAgain()}>{t('pinned.again')}</Button> : undefined}
    >
      {(message) => <PinnedRow roomId={roomId} message={message} />}
    </VirtualList>
  );
}

function PinnedRow({ roomId, message }: { roomId: string; message: PinnedMessage }) {
  const { t } = useTranslation('chats');
  const lineOf = usePinnedLine();
  const { mayPin, toggle } = usePin(message.key);
  const { key, state, sender, at } = message;
  const name = sender?.name ?? t('quote.unknown');
  return (
    <div className={styles.row}>
      <div className={styles.entry}>
        <ListRow
          href={state === 'ready' ? messagePath(roomId, key) : undefined}
          leading={<Face name={name} id={sender?.id ?? key} picture={sender?.picture} />}
          title={name}
          meta={at !== undefined && <RelativeTime at={at} look="list" />}
          text={lineOf(message)}
        />
      </div>
      {mayPin && <IconButton label={t('pinned.unpinOne', { name })} icon={<PinOff />} onClick={toggle} />}
    </div>
  );
}
