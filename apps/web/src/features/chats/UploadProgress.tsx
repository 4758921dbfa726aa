import type { Message } from '@byline/client/timeline/message.ts';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import { useConversation } from './conversation.tsx';
import styles from './UploadProgress.module.css';

/** How much of a file has gone up; press it to stop. */
export function UploadProgress({ message }: { message: Message }) {
  const { t } = useTranslation('chats');
  const { percent } = useFormats();
  const { strand } = useConversation();
  const share = percent(message.progress ?? 0);
  return (
    <button
      type="button"
      className={styles.progress}
      aria-label={t('upload.stop', { share })}
      onClick={() => strand.delete(message)}
    >
      <X aria-hidden="true" />
      <span>{share}</span>
    </button>
  );
}
