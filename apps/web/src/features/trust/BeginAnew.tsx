import type { Trust } from '@byline/client/crypto/trust.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { PasswordDialog } from '../me/PasswordDialog.tsx';
import styles from './Trust.module.css';

/** When neither another device nor the recovery key is left: what is lost, what stays, and the way on. */
export function BeginAnew({ trust, onBack }: { trust: Trust; onBack: () => void }) {
  const { t } = useTranslation('trust');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <div className={styles.steps}>
      <h2 className={styles.subtitle}>{t('anew.title')}</h2>
      <p className={styles.text}>{t('anew.text')}</p>
      <h3 className={styles.listTitle}>{t('anew.lost')}</h3>
      <ul className={styles.list}>
        <li>{t('anew.lostMessages')}</li>
        <li>{t('anew.lostTrust')}</li>
      </ul>
      <h3 className={styles.listTitle}>{t('anew.stays')}</h3>
      <ul className={styles.list}>
        <li>{t('anew.staysAccount')}</li>
        <li>{t('anew.staysNew')}</li>
      </ul>
      <Button tone="danger" wide onClick={() => setIsAsking(true)}>
        {t('anew.action')}
      </Button>
      <Button tone="quiet" wide onClick={onBack}>
        {t('back')}
      </Button>
      {isAsking && (
        <PasswordDialog
          title={t('anew.confirmTitle')}
          text={t('anew.confirmText')}
          action={t('anew.action')}
          onClose={() => setIsAsking(false)}
          onConfirm={(password) => trust.beginAnew(password)}
        />
      )}
    </div>
  );
}
