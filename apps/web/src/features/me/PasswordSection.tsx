import { changePassword } from '@byline/client/me/own-account.ts';
import { strengthOf } from '@byline/client/session/password-strength.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Checkbox } from '../../ui/controls/Checkbox.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Form } from '../auth/Form.tsx';
import { NewPassword } from '../auth/NewPassword.tsx';
import { useAccount } from '../session/session.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import { useUsername } from './useOwnProfile.ts';
import styles from './Me.module.css';

const EMPTY = { current: '', next: '', signOutOthers: true };

/** Another password: `/me/password`. */
export function PasswordSection() {
  const { t } = useTranslation('me');
  const account = useAccount();
  const username = useUsername();
  const toasts = useToasts();
  const [entries, setEntries] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const { pending, problem, run } = useAttempt();
  const { current, next, signOutOthers } = entries;

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (current === '' || strengthOf(next, username) === 'too-short') return;
    if (!(await run(() => changePassword(account, entries)))) return;
    setEntries(EMPTY);
    setTried(false);
    toasts.show({ message: signOutOthers ? t('password.savedAndSignedOut') : t('password.saved') });
  };
  return (
    <Pane title={t('password.title')} backTo="/me" body="form">
      <Form onSubmit={save}>
        <ProblemBanner problem={problem} />
        <TextField
          type="password"
          label={t('password.current')}
          value={current}
          onChange={(value) => setEntries({ ...entries, current: value })}
          autoComplete="current-password"
          error={tried && current === '' ? t('confirm.missing') : undefined}
        />
        <NewPassword
          label={t('password.next')}
          value={next}
          username={username}
          tried={tried}
          onChange={(value) => setEntries({ ...entries, next: value })}
        />
        <Checkbox
          label={t('password.signOutOthers')}
          hint={t('password.signOutOthersHint')}
          checked={signOutOthers}
          onChange={(checked) => setEntries({ ...entries, signOutOthers: checked })}
        />
        <div className={styles.actions}>
          <Button type="submit" tone="strong" pending={pending}>
            {t('password.save')}
          </Button>
        </div>
      </Form>
    </Pane>
  );
}
