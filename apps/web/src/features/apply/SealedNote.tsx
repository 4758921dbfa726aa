import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import styles from './SealedNote.module.css';

/** What happens to what is written here, and the key to which it is sealed. */
export function SealedNote() {
  const { t } = useTranslation('apply');
  const { applications } = usePublicAccounts();
  const key = useObservable(applications.key).value;
  return (
    <aside className={styles.note} aria-label={t('sealed.title')}>
      <Lock aria-hidden="true" />
      <div>
        <p className={styles.title}>{t('sealed.title')}</p>
        <p>{t('sealed.text')}</p>
        {key && (
          <p className={styles.key}>
            {t('sealed.key')} <span className={styles.print}>{key.fingerprint}</span>
          </p>
        )}
      </div>
    </aside>
  );
}
