import { TrustBanner } from './TrustBanner.tsx';
import { VerificationDialog } from './VerificationDialog.tsx';

/** What may be said of trust on every screen. */
export default function TrustLayer() {
  return (
    <>
      <TrustBanner />
      <VerificationDialog />
    </>
  );
}
