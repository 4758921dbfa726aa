import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../../ui/style/Hidden.tsx';
import styles from './EncryptionMark.module.css';

/** Whether what is said can be read by those who take part alone. */
export function EncryptionMark({ isEncrypted }: { isEncrypted: boolean }) {
  const { t } = useTranslation('chats');
  const label = isEncrypted ? t('lock.on') : t('lock.off');
  return (
    <span className={styles.mark} title={label}>
      {isEncrypted ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
      {isEncrypted ? <Hidden>{label}</Hidden> : label}
    </span>
  );
}
