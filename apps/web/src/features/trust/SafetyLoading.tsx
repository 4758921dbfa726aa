import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import styles from './Trust.module.css';

/** The shape of a step while it isn't known which. */
export function SafetyLoading() {
  const { t } = useTranslation('trust');
  return (
    <div className={styles.steps} role="status" aria-label={t('loading')}>
      <Skeleton width="70%" height="20px" />
      <Skeleton height="44px" />
      <Skeleton height="44px" />
    </div>
  );
}
