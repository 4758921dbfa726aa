import { EmojiPicker as Base } from 'frimousse';
import type {
  EmojiData,
  EmojiPickerListCategoryHeaderProps,
  EmojiPickerListEmojiProps,
  EmojiPickerListRowProps,
} from 'frimousse';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../controls/Button.tsx';
import { loadEmojiData } from './emojiData.ts';
import styles from './EmojiPicker.module.css';

export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void;
}

/** Every emoji, by group, by name in the person's language. Load it lazily: its data is large. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const { t, i18n } = useTranslation('ui');
  const locale = i18n.language.startsWith('zh') ? 'zh' : 'en';
  const { data, failed, tryAgain } = useEmojiData(locale);
  const resolve = useMemo(() => (data ? () => data : undefined), [data]);
  if (failed) {
    return (
      <div className={styles.picker} role="alert">
        <div className={styles.word}>
          {t('emoji.failed')}
          <Button size="s" onClick={tryAgain}>
            {t('tryAgain')}
          </Button>
        </div>
      </div>
    );
  }
  if (!resolve) {
    return (
      <div className={styles.picker} role="status">
        <div className={styles.word}>{t('emoji.loading')}</div>
      </div>
    );
  }
  return (
    <Base.Root
      className={styles.picker}
      columns={8}
      locale={locale}
      resolveEmojiData={resolve}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <div className={styles.head}>
        <Search className={styles.icon} aria-hidden="true" />
        <Base.Search className={styles.search} aria-label={t('emoji.search')} placeholder={t('emoji.search')} />
        <Base.SkinToneSelector className={styles.tone} aria-label={t('emoji.skinTone')} />
      </div>
      <Base.Viewport className={styles.viewport} tabIndex={0} role="group" aria-label={t('emoji.all')}>
        <Base.Empty>
          <span className={styles.word}>{t('emoji.none')}</span>
        </Base.Empty>
        <Base.List className={styles.list} components={{ CategoryHeader, Row, Emoji }} />
      </Base.Viewport>
    </Base.Root>
  );
}

/** The data of one language; the picker itself would wait for ever when it can't be had. */
function useEmojiData(locale: string) {
  const [data, setData] = useState<EmojiData>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (failed) return undefined;
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const loaded = await loadEmojiData(locale);
        if (wanted) setData(loaded);
      } catch {
        // Said on the screen, with a way to try again.
        if (wanted) setFailed(true);
      }
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [locale, failed]);
  return { data: data?.locale === locale ? data : undefined, failed, tryAgain: () => setFailed(false) };
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  const { t } = useTranslation('ui');
  const group = GROUPS.find((each) => each === category.label);
  return (
    <div {...rest} className={styles.group}>
      {group && t(`emoji.groups.${group}`)}
    </div>
  );
}

const GROUPS = [
  'smileys-emotion',
  'people-body',
  'animals-nature',
  'food-drink',
  'travel-places',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

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
      role="gridcell"
      className={styles.emoji}
      aria-colindex={oneBased(rest['aria-colindex'])}
      data-active={emoji.isActive || undefined}
    >
      {emoji.emoji}
    </button>
  );
}
