import type { FoundMessages, MessageSearch } from '@byline/client/search/message-search.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/Button.tsx';
import { useNow } from '../../../ui/time/clock.tsx';
import { useFormats } from '../../../ui/time/formats.ts';
import styles from './Search.module.css';

/** How far the search has come, and what one may do about it. */
export function SearchEnd({ search, found, done }: { search: MessageSearch; found: FoundMessages; done: string }) {
  const { t } = useTranslation('chats');
  const formats = useFormats();
  const now = useNow();
  const { state, lookedBackTo } = found;
  const date = lookedBackTo === undefined ? undefined : formats.date(lookedBackTo, now);
  if (state === 'none') return null;
  return (
    <div className={styles.end} role="status">
      {state === 'looking' && (
        <span>{date === undefined ? t('search.looking') : t('search.lookingBack', { date })}</span>
      )}
      {state === 'looking' && date !== undefined && <Button onClick={search.stop}>{t('search.stop')}</Button>}
      {state === 'paused' && date !== undefined && <span>{t('search.paused', { date })}</span>}
      {state === 'paused' && (
        <Button onClick={search.goOn}>{date === undefined ? t('search.more') : t('search.goOn')}</Button>
      )}
      {state === 'error' && <span>{t('search.error')}</span>}
      {state === 'error' && <Button onClick={search.goOn}>{t('search.tryAgain')}</Button>}
      {state === 'done' && <span>{done}</span>}
    </div>
  );
}
