import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation, useSearch } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { AuthFrame } from '../auth/AuthFrame.tsx';
import { useSessionState } from '../session/session.tsx';
import { nextFrom, signInPath } from '../session/where.ts';
import { Elsewhere } from './Elsewhere.tsx';
import { SafetyLoading } from './SafetyLoading.tsx';
import { SafetySteps } from './SafetySteps.tsx';
import { useSeat } from './useSeat.ts';
import { VerificationDialog } from './VerificationDialog.tsx';

/** `/safe`: between signing in and going on, what keeps one's conversations is set up or opened. It can wait. */
export default function SafetyDoor() {
  const state = useSessionState();
  const search = useSearch();
  if (state.status === 'signed-out') return <Redirect to={signInPath(nextFrom(search))} replace />;
  return <Door next={nextFrom(search)} />;
}

function Door({ next }: { next: string }) {
  const { t } = useTranslation('trust');
  const seat = useSeat();
  const [, navigate] = useLocation();
  const goOn = (): void => navigate(next, { replace: true });
  return (
    <AuthFrame title={t('title')}>
      {seat === 'elsewhere' ? (
        <Elsewhere />
      ) : (
        <Suspense fallback={<SafetyLoading />}>
          <SafetySteps onDone={goOn} isPassing />
          <VerificationDialog />
        </Suspense>
      )}
      <Button tone="quiet" wide onClick={goOn}>
        {t('later')}
      </Button>
    </AuthFrame>
  );
}
