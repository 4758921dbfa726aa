import { ChevronsUpDown, List, Pin } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { IconButton } from '../../../ui/controls/IconButton.tsx';
import type { CameFrom } from '../../../ui/layout/navigation.ts';
import { useObservable } from '../../session/useObservable.ts';
import { pinnedPath } from '../chatPath.ts';
import { useConversation } from '../conversation.tsx';
import { useJump } from '../jump.tsx';
import styles from './Pinned.module.css';
import { usePinnedLine } from './usePinnedLine.ts';

/** On top of a conversation: the message that was pinned last, and one after the other those before it. */
export function PinnedBar() {
  const { t } = useTranslation('chats');
  const { conversation } = useConversation();
  const messages = useObservable(conversation.pinned.list);
  const [location, navigate] = useLocation();
  const [shown, setShown] = useState<string>();
  const jump = useJump();
  const lineOf = usePinnedLine();
  const index = Math.max(
    0,
    messages.findIndex(({ key }) => key === shown),
  );
  const message = messages[index];
  if (message === undefined) return null;
  const count = messages.length;
  const { roomId } = conversation;
  const here: CameFrom = { from: location };
  return (
    <div className={styles.bar} role="group" aria-label={t('pinned.title')}>
      <button type="button" className={styles.message} onClick={() => void jump(message.key)}>
        <Pin className={styles.icon} aria-hidden="true" />
        <span className={styles.words}>
          <span className={styles.place}>
            {count === 1 ? t('pinned.bar') : t('pinned.place', { number: index + 1, count })}
          </span>
          <span className={styles.line}>
            {message.sender === undefined
              ? lineOf(message)
              : t('preview.from', { name: message.sender.name, said: lineOf(message) })}
          </span>
        </span>
      </button>
      {count > 1 && (
        <IconButton
          label={t('pinned.next')}
          icon={<ChevronsUpDown />}
          onClick={() => setShown(messages[(index + 1) % count]?.key)}
        />
      )}
      <IconButton
        label={t('pinned.all')}
        icon={<List />}
        onClick={() => navigate(pinnedPath(roomId), { state: here })}
      />
    </div>
  );
}
