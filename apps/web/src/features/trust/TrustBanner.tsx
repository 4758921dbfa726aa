import { Reminder } from '@byline/client/crypto/reminder.ts';
import type { Trust } from '@byline/client/crypto/trust.ts';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './Trust.module.css';
import { useTrust } from './useTrust.ts';

const SAFETY = '/me/safety';

/** What there is still to do so that nothing is lost, calmly, where one talks and in Me. */
export function TrustBanner() {
  const trust = useTrust();
  return trust && <ForTrust trust={trust} />;
}

function ForTrust({ trust }: { trust: Trust }) {
  const { t } = useTranslation('trust');
  const reminder = Reminder.of(useAccount());
  const safety = useObservable(trust.safety);
  const isDue = useObservable(reminder.isDue);
  const [location] = useLocation();
  const isInMe = location.startsWith('/me');
  const isHere = location.startsWith('/chats') || location === '/me' || location === '/me/devices';
  if (!isHere || (safety !== 'unconfirmed' && safety !== 'no-recovery')) return null;
  const canWait = safety === 'no-recovery' && !isInMe;
  if (canWait && !isDue) return null;
  return (
    <div className={styles.banner} data-deep={location !== '/chats' && !isInMe ? true : undefined}>
      <Banner
        title={t(`banner.${safety}.title`)}
        action={
          <LinkButton size="s" href={SAFETY}>
            {t(`banner.${safety}.action`)}
          </LinkButton>
        }
        onDismiss={canWait ? reminder.later : undefined}
      >
        {t(`banner.${safety}.text`)}
      </Banner>
    </div>
  );
}
