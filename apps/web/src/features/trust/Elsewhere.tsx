import { AppWindow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { useScreenTitle } from '../../ui/layout/Pane.tsx';
import { useAccount } from '../session/session.tsx';
import styles from './Trust.module.css';

/** Another tab of this browser is at work with the account; this one can take over. `isScreen`: it is all that is shown. */
export function Elsewhere({ isScreen = false }: { isScreen?: boolean | undefined }) {
  const { t } = useTranslation('trust');
  const account = useAccount();
  const heading = useScreenTitle(t('elsewhere.title'), isScreen);
  const Heading = isScreen ? 'h1' : 'h2';
  const [pending, setPending] = useState(false);
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void account.lookAgain();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [account]);
  const workHere = async (): Promise<void> => {
    setPending(true);
    if (await account.workHere()) location.reload();
  };
  const state = (
    <EmptyState
      role="status"
      icon={<AppWindow />}
      title={
        <Heading ref={heading} tabIndex={-1}>
          {t('elsewhere.title')}
        </Heading>
      }
      text={t('elsewhere.text')}
      action={
        <Button tone="strong" pending={pending} onClick={() => void workHere()}>
          {t('elsewhere.action')}
        </Button>
      }
    />
  );
  return isScreen ? <div className={styles.screen}>{state}</div> : state;
}
