import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../style/Hidden.tsx';
import styles from './LockMark.module.css';

/** The small lock of private talk. Where it is explained, the explanation stands beside it. */
export function LockMark() {
  const { t } = useTranslation('ui');
  return (
    <span className={styles.lock} title={t('lock')}>
      <Lock aria-hidden="true" />
      <Hidden>{t('lock')}</Hidden>
    </span>
  );
}
