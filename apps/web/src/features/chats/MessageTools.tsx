import type { Message } from '@byline/client/timeline/message.ts';
import { EllipsisVertical, Reply, SmilePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';
import { Popover } from '../../ui/overlays/Popover.tsx';
import styles from './MessageTools.module.css';
import { ReactionPicker } from './ReactionPicker.tsx';
import { useMessageActions } from './useMessageActions.tsx';

/** What may be done with a message, beside it: seen when the pointer is near, and always there for the keyboard. */
export function MessageTools({ message, isNear }: { message: Message; isNear: boolean }) {
  const { t } = useTranslation('chats');
  const { items, mayReact, react, answer } = useMessageActions(message);
  const [isPicking, setIsPicking] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  if (items.length === 0) return null;
  const isShown = isNear || hasFocus || isPicking;
  return (
    <span
      className={styles.tools}
      data-shown={isShown || undefined}
      onFocus={() => setHasFocus(true)}
      onBlur={() => setHasFocus(false)}
    >
      {isShown && mayReact && (
        <Popover
          open={isPicking}
          onOpenChange={setIsPicking}
          trigger={<IconButton label={t('action.react')} icon={<SmilePlus />} tooltip={false} />}
        >
          <ReactionPicker
            onPick={(emoji) => {
              setIsPicking(false);
              react(emoji);
            }}
          />
        </Popover>
      )}
      {isShown && mayReact && <IconButton label={t('action.answer')} icon={<Reply />} onClick={answer} />}
      <Menu
        groups={[items]}
        trigger={<IconButton label={t('action.more')} icon={<EllipsisVertical />} tooltip={false} />}
      />
    </span>
  );
}
