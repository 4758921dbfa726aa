import type { OwnDevice } from '@byline/client/me/own-devices.ts';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import styles from './Me.module.css';

export interface RenameDialogProps {
  readonly device: OwnDevice;
  readonly onClose: () => void;
  readonly onRename: (name: string) => Promise<void>;
}

/** Another name for a device, so that one knows it again. */
export function RenameDialog({ device, onClose, onRename }: RenameDialogProps) {
  const { t } = useTranslation('me');
  const form = useId();
  const [name, setName] = useState(device.name);
  const { pending, problem, run } = useAttempt();
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isSame = name.trim() === device.name;
    if (isSame || (await run(() => onRename(name.trim())))) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('devices.renameTitle')}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="strong" type="submit" form={form} pending={pending}>
            {t('devices.renameAction')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate className={styles.fields} onSubmit={(event) => void save(event)}>
        <ProblemBanner problem={problem} />
        <TextField
          label={t('devices.name')}
          hint={t('devices.nameHint')}
          value={name}
          onChange={setName}
          maxLength={100}
        />
      </form>
    </Dialog>
  );
}
