import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './ConnectionNotice.module.css';

/** A short break is nobody's business, in milliseconds. */
const PATIENCE = 3000;

/** Says, after a while, that nothing new comes in just now. What one writes meanwhile is kept. */
export function ConnectionNotice() {
  const isOffline = useObservable(useAccount().connection) === 'offline';
  return <div role="status">{isOffline && <Offline />}</div>;
}

function Offline() {
  const { t } = useTranslation('chats');
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <p className={styles.notice}>
      <CloudOff aria-hidden="true" />
      {t('offline')}
    </p>
  );
}
