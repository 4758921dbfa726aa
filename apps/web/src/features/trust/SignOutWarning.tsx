import type { Trust } from '@byline/client/crypto/trust.ts';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useTrust } from './useTrust.ts';

/** Said before somebody signs out of the only device that can read what was said. */
export function SignOutWarning() {
  const trust = useTrust();
  return trust && <ForTrust trust={trust} />;
}

function ForTrust({ trust }: { trust: Trust }) {
  const { t } = useTranslation('trust');
  const { deviceId } = trust.devices;
  const safety = useObservable(trust.safety);
  const standings = useObservable(trust.devices.standings);
  const hasOther = [...standings].some(([id, standing]) => id !== deviceId && standing === 'confirmed');
  if (safety !== 'no-recovery' || hasOther) return null;
  return (
    <Banner
      tone="warning"
      title={t('signOut.title')}
      action={
        <LinkButton size="s" href="/me/safety">
          {t('banner.no-recovery.action')}
        </LinkButton>
      }
    >
      {t('signOut.text')}
    </Banner>
  );
}
