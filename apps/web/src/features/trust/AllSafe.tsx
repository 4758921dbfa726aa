import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import styles from './Trust.module.css';

/** Nothing is to be done. */
export function AllSafe({ onMakeAnother }: { onMakeAnother: () => void }) {
  const { t } = useTranslation('trust');
  return (
    <div className={styles.steps}>
      <p className={styles.good} role="status">
        <ShieldCheck aria-hidden="true" />
        {t('safe.title')}
      </p>
      <p className={styles.text}>{t('safe.text')}</p>
      <h2 className={styles.subtitle}>{t('safe.otherTitle')}</h2>
      <p className={styles.text}>{t('safe.other')}</p>
      <div className={styles.actions}>
        <Button onClick={onMakeAnother}>{t('safe.action')}</Button>
      </div>
    </div>
  );
}
