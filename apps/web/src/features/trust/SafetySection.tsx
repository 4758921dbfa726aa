import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { SafetyLoading } from './SafetyLoading.tsx';
import { SafetySteps } from './SafetySteps.tsx';
import { useSeat } from './useSeat.ts';

/** What keeps one's conversations from being lost or read: `/me/safety`. */
export function SafetySection() {
  const { t } = useTranslation('trust');
  const seat = useSeat();
  return (
    <Pane title={t('title')} backTo="/me" body="form">
      {seat === 'elsewhere' ? (
        <Elsewhere />
      ) : (
        <Suspense fallback={<SafetyLoading />}>
          <SafetySteps />
        </Suspense>
      )}
    </Pane>
  );
}
