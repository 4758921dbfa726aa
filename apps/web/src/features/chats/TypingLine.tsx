import { useTranslation } from 'react-i18next';
import { useObservable } from '../session/useObservable.ts';
import { useConversation } from './conversation.tsx';
import styles from './TypingLine.module.css';
import { useWording } from './wording.ts';

const MOST_NAMED = 3;

/** Who is typing, in the room that is always kept for it: nothing moves when it appears. */
export function TypingLine() {
  const { t } = useTranslation('chats');
  const wording = useWording();
  const { conversation, summary } = useConversation();
  const people = useObservable(conversation.typing);
  const names = people.slice(0, MOST_NAMED).map(({ name }) => name);
  const text =
    summary.kind === 'direct'
      ? t('typing.direct')
      : t('typing.named', { names: wording.list(names), count: names.length });
  return (
    <p className={styles.line} aria-live="polite">
      {names.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
          {text}
        </>
      )}
    </p>
  );
}
