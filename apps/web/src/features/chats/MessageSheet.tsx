import type { Message } from '@byline/client/timeline/message.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Sheet } from '../../ui/overlays/Sheet.tsx';
import styles from './MessageSheet.module.css';
import { ReactionPicker } from './ReactionPicker.tsx';
import { useMessageActions } from './useMessageActions.tsx';

/** On a phone: what may be done with the message on which a finger rested. */
export function MessageSheet({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('chats');
  const { items, mayReact, react } = useMessageActions(message);
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('action.title')}>
      <div className={styles.actions}>
        {mayReact && (
          <ReactionPicker
            onPick={(emoji) => {
              onClose();
              react(emoji);
            }}
          />
        )}
        {items.map(({ key, label, icon, tone, onSelect }) => (
          <Button
            key={key}
            tone={tone === 'danger' ? 'danger' : 'soft'}
            wide
            icon={icon}
            onClick={() => {
              onClose();
              onSelect();
            }}
          >
            {label}
          </Button>
        ))}
      </div>
    </Sheet>
  );
}
