import { Pencil, Reply, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './ComposerContext.module.css';
import { useConversation } from './conversation.tsx';
import { useWording } from './wording.ts';

/** Above what one writes: what it answers, or which message it changes. */
export function ComposerContext() {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { composer } = useConversation().strand;
  const { answering, editing } = useObservable(composer.state);
  const message = editing ?? answering;
  if (message === undefined) return null;
  const title =
    editing !== undefined
      ? t('composer.editing')
      : t('composer.answering', { name: message.own ? t('yourself') : message.sender.name });
  return (
    <div className={styles.context}>
      <span className={styles.icon} aria-hidden="true">
        {editing === undefined ? <Reply /> : <Pencil />}
      </span>
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.text}>{wording.line(message.content)}</span>
      </span>
      <IconButton label={t('composer.cancel')} icon={<X />} onClick={() => composer.cancel()} />
    </div>
  );
}
