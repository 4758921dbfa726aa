import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/time/clock.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import styles from './Dividers.module.css';

/** Before the first message of a day. */
export function DayDivider({ at }: { at: number }) {
  const now = useNow();
  const formats = useFormats();
  return (
    <div className={styles.day}>
      <time dateTime={new Date(at).toISOString()}>{formats.day(at, now)}</time>
    </div>
  );
}

/** Before what one had not read yet. */
export function UnreadDivider() {
  const { t } = useTranslation('chats');
  return <div className={styles.unread}>{t('unread')}</div>;
}
