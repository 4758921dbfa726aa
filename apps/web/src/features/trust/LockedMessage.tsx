import type { Locked } from '@byline/client/messages/content.ts';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import styles from './LockedMessage.module.css';

/** A message that can't be read here: why, and what to do. It turns into its words by itself when they can be read. */
export function LockedMessage({ why }: { why: Locked['why'] }) {
  const { t } = useTranslation('trust');
  return (
    <p className={styles.locked}>
      <Lock aria-hidden="true" />
      <span>
        {t(`locked.${why}`)}
        {why === 'unconfirmed' && (
          <>
            {' '}
            <Link href="/me/safety">{t('locked.confirm')}</Link>
          </>
        )}
      </span>
    </p>
  );
}
