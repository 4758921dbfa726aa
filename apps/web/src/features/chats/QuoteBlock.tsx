import type { Quote } from '@byline/client/timeline/message.ts';
import { useTranslation } from 'react-i18next';
import styles from './QuoteBlock.module.css';
import { useJump } from './jump.tsx';
import { useWording } from './wording.ts';

/** What a message answers, in one line; press it to go there. */
export function QuoteBlock({ quote }: { quote: Quote }) {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const jump = useJump();
  const { id, sender, content } = quote;
  return (
    <button type="button" className={styles.quote} onClick={() => void jump(id)}>
      {sender && <span className={styles.sender}>{sender.name}</span>}
      <span className={styles.text}>{content === undefined ? t('quote.unknown') : wording.line(content)}</span>
    </button>
  );
}
