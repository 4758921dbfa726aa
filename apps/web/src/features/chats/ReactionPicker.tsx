import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import styles from './ReactionPicker.module.css';

const EmojiPicker = lazy(async () => ({ default: (await import('../../ui/emoji/EmojiPicker.tsx')).EmojiPicker }));

const QUICK = ['👍', '❤️', '😄', '😮', '😢', '🙏'] as const;

/** A few emoji at hand, and all of them one press further. */
export function ReactionPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation('chats');
  const [isWhole, setIsWhole] = useState(false);
  if (isWhole) {
    return (
      <Suspense fallback={<Skeleton width="320px" height="360px" />}>
        <EmojiPicker onPick={onPick} />
      </Suspense>
    );
  }
  return (
    <div className={styles.quick} role="group" aria-label={t('action.react')}>
      {QUICK.map((emoji) => (
        <button key={emoji} type="button" className={styles.emoji} onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
      <button type="button" className={styles.emoji} aria-label={t('reactions.all')} onClick={() => setIsWhole(true)}>
        <Plus aria-hidden="true" />
      </button>
    </div>
  );
}
