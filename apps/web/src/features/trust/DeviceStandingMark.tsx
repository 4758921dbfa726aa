import type { DeviceStanding } from '@byline/client/crypto/device-trust.ts';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './DeviceStandingMark.module.css';

/** Whether a device was shown to be one's own. */
export function DeviceStandingMark({ standing }: { standing: DeviceStanding }) {
  const { t } = useTranslation('trust');
  return (
    <span className={styles.mark} data-standing={standing}>
      {standing === 'confirmed' && <ShieldCheck aria-hidden="true" />}
      {standing === 'unconfirmed' && <ShieldAlert aria-hidden="true" />}
      {t(`device.${standing}`)}
    </span>
  );
}
