import { useTranslation } from 'react-i18next';
import { useFormats } from '../time/formats.ts';
import { Hidden } from '../style/Hidden.tsx';
import styles from './Unread.module.css';

const MOST_SHOWN = 99;

/** How many messages wait from people who wrote to you. Nothing when there are none. */
export function UnreadBadge({ count, muted = false }: { count: number; muted?: boolean | undefined }) {
  const { t } = useTranslation('ui');
  const { number } = useFormats();
  if (count <= 0) return null;
  return (
    <span className={styles.badge} data-muted={muted || undefined}>
      <span aria-hidden="true">{count > MOST_SHOWN ? `${number(MOST_SHOWN)}+` : number(count)}</span>
      <Hidden>{t('unread.count', { count })}</Hidden>
    </span>
  );
}

/** Something new, uncounted: for public accounts, which don't count up. */
export function UnreadDot() {
  const { t } = useTranslation('ui');
  return (
    <span className={styles.dot}>
      <Hidden>{t('unread.something')}</Hidden>
    </span>
  );
}
