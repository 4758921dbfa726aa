import { MessageCircle, MessagesSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';

/** Private talk: `/chats` and `/chats/:roomId`. */
export default function ChatsPlace() {
  const { t } = useTranslation('chats');
  const { roomId } = useParams<'/chats/:roomId?'>();
  return (
    <Panes
      list={
        <Pane title={t('title')} body="fill">
          <EmptyState icon={<MessagesSquare />} title={t('empty.title')} text={t('empty.text')} />
        </Pane>
      }
      content={
        roomId && (
          <Pane title={t('conversation')} backTo="/chats" body="fill">
            <EmptyState icon={<MessageCircle />} title={t('choose.title')} text={t('choose.text')} />
          </Pane>
        )
      }
      placeholder={<EmptyState icon={<MessageCircle />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
