import type { DeviceStanding } from '@byline/client/crypto/device-trust.ts';
import { OwnDevices } from '@byline/client/me/own-devices.ts';
import type { OwnDevice } from '@byline/client/me/own-devices.ts';
import { Source } from '@byline/client/observable.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { useTrustWhenThere } from '../trust/useTrust.ts';
import { DeviceItem } from './DeviceItem.tsx';
import { LoadedPart } from './LoadedPart.tsx';
import { PasswordDialog } from './PasswordDialog.tsx';
import { RenameDialog } from './RenameDialog.tsx';
import styles from './Me.module.css';

const NOTHING_KNOWN = new Source<ReadonlyMap<string, DeviceStanding>>(new Map());

/** Where one is signed in: `/me/devices`. */
export function DevicesSection() {
  const { t } = useTranslation('me');
  const account = useAccount();
  const [own] = useState(() => new OwnDevices(account));
  const loaded = useObservable(own.devices);
  return (
    <Pane title={t('devices.title')} backTo="/me" body="form">
      <p className={styles.soft}>{t('devices.text')}</p>
      <LoadedPart loaded={loaded} onTryAgain={own.reload}>
        {(devices) => <DeviceList own={own} devices={devices} />}
      </LoadedPart>
    </Pane>
  );
}

function DeviceList({ own, devices }: { own: OwnDevices; devices: readonly OwnDevice[] }) {
  const { t } = useTranslation('me');
  const toasts = useToasts();
  const problemText = useProblemText();
  const [renaming, setRenaming] = useState<OwnDevice>();
  const [leaving, setLeaving] = useState<readonly OwnDevice[]>();
  const { trust } = useTrustWhenThere();
  const standings = useObservable(trust?.devices.standings ?? NOTHING_KNOWN);
  const isConfirmed = standings.get(devices.find(({ isThis }) => isThis)?.id ?? '') === 'confirmed';
  const confirm = (id: string): void => {
    trust?.verifications.askDevice(id).catch((error: unknown) => {
      toasts.show({ message: problemText(error), tone: 'problem', tryAgain: () => confirm(id) });
    });
  };
  const others = devices.filter(({ isThis }) => !isThis);
  const questionOf = ([first, ...more]: readonly OwnDevice[]): string =>
    more.length === 0
      ? t('devices.signOutOne', { name: first?.name || t('devices.noName') })
      : t('devices.signOutMany', { number: more.length + 1 });
  return (
    <>
      <ul className={styles.devices}>
        {devices.map((device) => (
          <DeviceItem
            key={device.id}
            device={device}
            standing={standings.size === 0 ? undefined : (standings.get(device.id) ?? 'plain')}
            onConfirm={isConfirmed && standings.get(device.id) === 'unconfirmed' ? () => confirm(device.id) : undefined}
            onRename={() => setRenaming(device)}
            onSignOut={() => setLeaving([device])}
          />
        ))}
      </ul>
      {others.length > 1 && (
        <div className={styles.actions}>
          <Button tone="danger" onClick={() => setLeaving(others)}>
            {t('devices.signOutOthers')}
          </Button>
        </div>
      )}
      {renaming && (
        <RenameDialog
          device={renaming}
          onClose={() => setRenaming(undefined)}
          onRename={async (name) => {
            await own.rename(renaming.id, name);
            toasts.show({
              message: t('devices.renamed'),
              undo: () => void own.rename(renaming.id, renaming.name).catch(() => own.reload()),
            });
          }}
        />
      )}
      {leaving && (
        <PasswordDialog
          title={questionOf(leaving)}
          text={t('devices.signOutText')}
          action={t('devices.signOut')}
          onClose={() => setLeaving(undefined)}
          onConfirm={async (password) => {
            const ids = leaving.map(({ id }) => id);
            await own.signOut(ids, password);
            toasts.show({ message: t('devices.signedOut', { count: ids.length }) });
          }}
        />
      )}
    </>
  );
}
