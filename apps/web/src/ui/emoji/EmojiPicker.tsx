import { EmojiPicker as Base } from 'frimousse';
import type { EmojiPickerListCategoryHeaderProps, EmojiPickerListEmojiProps, EmojiPickerListRowProps } from 'frimousse';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { loadEmojiData } from './emojiData.ts';
import styles from './EmojiPicker.module.css';

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void;
}

/** Every emoji, by group, by name in the person's language. Load it lazily: its data is large. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const { t, i18n } = useTranslation('ui');
  return (
    <Base.Root
      className={styles.picker}
      columns={8}
      locale={i18n.language.startsWith('zh') ? 'zh' : 'en'}
      resolveEmojiData={loadEmojiData}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <div className={styles.head}>
        <Search className={styles.icon} aria-hidden="true" />
        <Base.Search className={styles.search} aria-label={t('emoji.search')} placeholder={t('emoji.search')} />
        <Base.SkinToneSelector className={styles.tone} aria-label={t('emoji.skinTone')} />
      </div>
      <Base.Viewport className={styles.viewport} tabIndex={0} role="group" aria-label={t('emoji.all')}>
        <Base.Loading className={styles.word}>{t('emoji.loading')}</Base.Loading>
        <Base.Empty>
          <span className={styles.word}>{t('emoji.none')}</span>
        </Base.Empty>
        <Base.List className={styles.list} components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
    </Base.Root>
  );
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className={styles.group}>
      {category.label}
    </div>
  );
}

/** The library counts from 0; what is said aloud counts from 1. */
const oneBased = (index: number | undefined): number | undefined => (index === undefined ? undefined : index + 1);

function Row({ children, ...rest }: EmojiPickerListRowProps) {
  return (
    <div {...rest} className={styles.row} aria-rowindex={oneBased(rest['aria-rowindex'])}>
      {children}
    </div>
  );
}

function Emoji({ emoji, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button
      {...rest}
      type="button"
      className={styles.emoji}
      aria-colindex={oneBased(rest['aria-colindex'])}
      data-active={emoji.isActive || undefined}
    >
      {emoji.emoji}
    </button>
  );
}
