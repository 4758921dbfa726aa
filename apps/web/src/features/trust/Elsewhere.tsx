import { AppWindow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { useAccount } from '../session/session.tsx';

/** Another tab of this browser is at work with the account; this one can take over. */
export function Elsewhere() {
  const { t } = useTranslation('trust');
  const account = useAccount();
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
  return (
    <EmptyState
      role="status"
      icon={<AppWindow />}
      title={<h2>{t('elsewhere.title')}</h2>}
      text={t('elsewhere.text')}
      action={
        <Button tone="strong" pending={pending} onClick={() => void workHere()}>
          {t('elsewhere.action')}
        </Button>
      }
    />
  );
}
