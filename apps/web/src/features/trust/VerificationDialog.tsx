import type { Trust } from '@byline/client/crypto/trust.ts';
import type { Verification } from '@byline/client/crypto/verification.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useObservable } from '../session/useObservable.ts';
import { ScanStep } from './ScanStep.tsx';
import { useTrust } from './useTrust.ts';
import { VerificationActions } from './VerificationActions.tsx';
import { VerificationStep } from './VerificationStep.tsx';

/** Comparing with another device, whoever began it, over whatever one looks at. */
export function VerificationDialog() {
  const trust = useTrust();
  return trust && <Current trust={trust} />;
}

function Current({ trust }: { trust: Trust }) {
  const verification = useObservable(trust.verifications.current);
  return verification && <Open key={verification.id} trust={trust} verification={verification} />;
}

function Open({ trust, verification }: { trust: Trust; verification: Verification }) {
  const { t } = useTranslation('trust');
  const state = useObservable(verification.state);
  const [wantsCamera, setWantsCamera] = useState(false);
  const isScanning = wantsCamera && state.step === 'ready';
  const isNewHere = useObservable(trust.safety) === 'unconfirmed';
  // What another person asks is said in the conversation with them, and disturbs nobody elsewhere.
  if (state.step === 'invited' && !verification.isOwn) return null;
  const putAway = (): void => void trust.verifications.putAway();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && putAway()}
      title={verification.isOwn ? t('compare.ownTitle') : t('compare.title')}
      actions={
        <VerificationActions
          verification={verification}
          state={state}
          isScanning={isScanning}
          onScan={setWantsCamera}
          onClose={putAway}
        />
      }
    >
      {isScanning ? (
        <ScanStep verification={verification} />
      ) : (
        <VerificationStep isOwn={verification.isOwn} isNewHere={isNewHere} state={state} />
      )}
    </Dialog>
  );
}
