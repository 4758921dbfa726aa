import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useSession } from '../session/session.tsx';
import { SignOutWarning } from '../trust/SignOutWarning.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import styles from './Me.module.css';

/** Leaving on this device: `/me/sign-out`. */
export function SignOutSection() {
  const { t } = useTranslation('me');
  const session = useSession();
  const { pending, problem, run } = useAttempt();
  return (
    <Pane title={t('sign-out.title')} backTo="/me" body="form">
      <p>{t('sign-out.text')}</p>
      <Suspense fallback={null}>
        <SignOutWarning />
      </Suspense>
      <ProblemBanner problem={problem} />
      <div className={styles.actions}>
        <Button tone="strong" pending={pending} onClick={() => void run(() => session.signOut())}>
          {t('sign-out.action')}
        </Button>
      </div>
    </Pane>
  );
}
