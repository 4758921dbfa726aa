import type { DeviceStanding } from '@byline/client/crypto/device-trust.ts';
import type { OwnDevice } from '@byline/client/me/own-devices.ts';
import { LogOut, MonitorSmartphone, Pencil } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { DeviceStandingMark } from '../trust/DeviceStandingMark.tsx';
import styles from './Me.module.css';

export interface DeviceItemProps {
  readonly device: OwnDevice;
  /** Nothing while it isn't known. */
  readonly standing: DeviceStanding | undefined;
  /** Absent where it can't be confirmed from here. */
  readonly onConfirm: (() => void) | undefined;
  readonly onRename: () => void;
  readonly onSignOut: () => void;
}

/** One place where one is signed in. */
export function DeviceItem({ device, standing, onConfirm, onRename, onSignOut }: DeviceItemProps) {
  const { t } = useTranslation(['me', 'trust']);
  const name = device.name || t('devices.noName');
  return (
    <li className={styles.device}>
      <MonitorSmartphone className={styles.deviceIcon} aria-hidden="true" />
      <div className={styles.about}>
        <div className={styles.deviceName}>{name}</div>
        <div className={styles.soft}>
          {device.isThis && t('devices.this')}
          {!device.isThis && device.lastSeenAt === undefined && t('devices.neverSeen')}
          {!device.isThis && device.lastSeenAt !== undefined && (
            <>
              {t('devices.lastSeen')} <RelativeTime at={device.lastSeenAt} />
            </>
          )}
        </div>
        {standing && <DeviceStandingMark standing={standing} />}
        {onConfirm && (
          <div className={styles.confirm}>
            <Button size="s" aria-label={t('trust:device.confirm', { name })} onClick={onConfirm}>
              {t('trust:device.confirmThis')}
            </Button>
          </div>
        )}
      </div>
      <IconButton label={t('devices.rename', { name })} icon={<Pencil />} onClick={onRename} />
      {!device.isThis && (
        <IconButton label={t('devices.signOutOf', { name })} icon={<LogOut />} tone="danger" onClick={onSignOut} />
      )}
    </li>
  );
}
