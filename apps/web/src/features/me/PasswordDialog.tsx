import { useId, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import styles from './Me.module.css';

export interface PasswordDialogProps {
  readonly title: string;
  readonly text: ReactNode;
  /** What the button says that does it. */
  readonly action: string;
  readonly onClose: () => void;
  /** What it throws is told in the dialog, which stays open. */
  readonly onConfirm: (password: string) => Promise<void>;
}

/** Asks for the password once more, before something that only its owner may do. */
export function PasswordDialog({ title, text, action, onClose, onConfirm }: PasswordDialogProps) {
  const { t } = useTranslation('me');
  const form = useId();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { pending, problem, run } = useAttempt();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (password === '') return;
    if (await run(() => onConfirm(password))) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      description={text}
      actions={
        <>
          <Button tone="quiet" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" type="submit" form={form} pending={pending}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} noValidate className={styles.fields} onSubmit={(event) => void send(event)}>
        <ProblemBanner problem={problem} />
        <TextField
          type="password"
          label={t('confirm.password')}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          error={tried && password === '' ? t('confirm.missing') : undefined}
        />
      </form>
    </Dialog>
  );
}
