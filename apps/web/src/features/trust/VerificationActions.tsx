import type { Verification, VerificationState } from '@byline/client/crypto/verification.ts';
import { Camera } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { useAttempt } from '../me/useAttempt.ts';

export interface VerificationActionsProps {
  readonly verification: Verification;
  readonly state: VerificationState;
  /** The other one's code is being read. */
  readonly isScanning: boolean;
  readonly onScan: (isScanning: boolean) => void;
  readonly onClose: () => void;
}

const quiet = (label: string, act: () => void): ReactNode => (
  <Button tone="quiet" onClick={act}>
    {label}
  </Button>
);

/** What one may do at a step of comparing. */
export function VerificationActions({ verification, state, isScanning, onScan, onClose }: VerificationActionsProps) {
  const { t } = useTranslation(['trust', 'ui']);
  const { pending, run } = useAttempt();
  const strong = (label: string, act: () => Promise<void>) => (
    <Button tone="strong" pending={pending} onClick={() => void run(act)}>
      {label}
    </Button>
  );
  if (state.step === 'done') return strong(t('compare.close'), () => Promise.resolve(onClose()));
  if (state.step === 'ended') return quiet(t('ui:close'), onClose);
  if (state.step === 'invited')
    return (
      <>
        {quiet(t('compare.decline'), onClose)}
        {strong(t('compare.accept'), () => verification.accept())}
      </>
    );
  if (state.step === 'compare')
    return (
      <>
        {quiet(t('compare.differ'), () => verification.refuse())}
        {strong(t('compare.match'), () => verification.confirm())}
      </>
    );
  if (state.step === 'scanned')
    return (
      <>
        {quiet(t('compare.notScanned'), () => verification.refuse())}
        {strong(t('compare.scanned'), () => verification.confirm())}
      </>
    );
  return (
    <>
      {quiet(t('compare.cancel'), onClose)}
      {state.step === 'ready' && state.mayScan && !isScanning && (
        <Button icon={<Camera />} onClick={() => onScan(true)}>
          {t('compare.useCamera')}
        </Button>
      )}
      {isScanning && <Button onClick={() => onScan(false)}>{t('compare.closeCamera')}</Button>}
      {state.step === 'ready' && strong(t('compare.useEmoji'), () => verification.compareEmoji())}
    </>
  );
}
