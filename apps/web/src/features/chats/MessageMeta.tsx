import type { Message } from '@byline/client/timeline/message.ts';
import { useTranslation } from 'react-i18next';
import { SendState } from '../../ui/feedback/SendState.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useConversation } from './conversation.tsx';
import styles from './MessageMeta.module.css';

/** When it was said, whether it was changed, and where it stands; said once for those that belong together. */
export function MessageMeta({ message, isLast, isOver }: { message: Message; isLast: boolean; isOver: boolean }) {
  const { t } = useTranslation('chats');
  const formats = useFormats();
  const { strand } = useConversation();
  const { at, edited, state } = message;
  const isUnsettled = state === 'failed' || state === 'sending';
  if (!isLast && !edited && !isUnsettled) return null;
  return (
    <span className={styles.meta} data-over={isOver || undefined}>
      {edited && <span>{t('edited')}</span>}
      {state !== 'failed' && (
        <time dateTime={new Date(at).toISOString()} title={formats.full(at)}>
          {formats.time(at)}
        </time>
      )}
      {state && <SendState state={state} onTryAgain={() => strand.retry(message)} />}
    </span>
  );
}
