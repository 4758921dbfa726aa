import type { Trust } from '@byline/client/crypto/trust.ts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObservable } from '../session/useObservable.ts';
import { AllSafe } from './AllSafe.tsx';
import { ConfirmYou } from './ConfirmYou.tsx';
import { KeepSafe } from './KeepSafe.tsx';
import { SafetyLoading } from './SafetyLoading.tsx';
import styles from './Trust.module.css';
import { useTrust } from './useTrust.ts';

export interface SafetyStepsProps {
  /** All is done. */
  readonly onDone?: (() => void) | undefined;
  /** One only passes by: where there is nothing to do, one goes on at once. */
  readonly isPassing?: boolean | undefined;
}

/** What there is to do so that one's conversations are neither lost nor read by others, one step at a time. */
export function SafetySteps(props: SafetyStepsProps) {
  const { t } = useTranslation('trust');
  const trust = useTrust();
  if (trust === undefined) return <p className={styles.text}>{t('unavailable')}</p>;
  return <Steps {...props} trust={trust} />;
}

function Steps({ trust, onDone, isPassing = false }: SafetyStepsProps & { trust: Trust }) {
  const safety = useObservable(trust.safety);
  const [isMaking, setIsMaking] = useState(false);
  const isOver = isPassing && safety === 'safe' && !isMaking;
  useEffect(() => {
    if (isOver) onDone?.();
  }, [isOver, onDone]);
  if (safety === 'unknown' || isOver) return <SafetyLoading />;
  if (safety === 'unconfirmed') return <ConfirmYou trust={trust} />;
  // Putting the key to use makes all safe before one has read so.
  if (safety === 'no-recovery' || isMaking)
    return (
      <KeepSafe
        trust={trust}
        isAnother={safety === 'safe'}
        onBegin={() => setIsMaking(true)}
        onDone={() => {
          setIsMaking(false);
          onDone?.();
        }}
      />
    );
  return <AllSafe onMakeAnother={() => setIsMaking(true)} />;
}
