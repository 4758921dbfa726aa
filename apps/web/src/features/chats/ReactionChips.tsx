import type { Message } from '@byline/client/timeline/message.ts';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../ui/time/formats.ts';
import styles from './ReactionChips.module.css';
import { useMessageActions } from './useMessageActions.tsx';
import { useWording } from './wording.ts';

/** How others have answered with an emoji; press one to join in or to take it back. */
export function ReactionChips({ message }: { message: Message }) {
  const { t } = useTranslation('chats');
  const { number } = useFormats();
  const wording = useWording();
  const { react } = useMessageActions(message);
  return (
    <ul className={styles.chips} aria-label={t('reactions.label')}>
      {message.reactions.map(({ emoji, count, own, names }) => (
        <li key={emoji}>
          <button
            type="button"
            className={styles.chip}
            aria-pressed={own}
            aria-label={t('reactions.one', { emoji, names: wording.list(names) })}
            title={wording.list(names)}
            onClick={() => react(emoji)}
          >
            <span className={styles.emoji}>{emoji}</span>
            {count > 1 && <span>{number(count)}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
