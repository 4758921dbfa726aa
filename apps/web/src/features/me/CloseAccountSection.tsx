import { closeAccount } from '@byline/client/me/own-account.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Form } from '../auth/Form.tsx';
import { useAccount, useSession } from '../session/session.tsx';
import { ProblemBanner } from './ProblemBanner.tsx';
import { useAttempt } from './useAttempt.ts';
import { useUsername } from './useOwnProfile.ts';
import styles from './Me.module.css';

/** The end of an account, with what goes and what stays: `/me/account`. */
export function CloseAccountSection() {
  const { t } = useTranslation('me');
  return (
    <Pane title={t('account.title')} backTo="/me" body="form">
      <p>{t('account.text')}</p>
      <section className={styles.facts}>
        <h2>{t('account.goes')}</h2>
        <ul className={styles.list}>
          <li>{t('account.goesSignIn')}</li>
          <li>{t('account.goesProfile')}</li>
          <li>{t('account.goesChats')}</li>
          <li>{t('account.goesIdentity')}</li>
        </ul>
      </section>
      <section className={styles.facts}>
        <h2>{t('account.stays')}</h2>
        <ul className={styles.list}>
          <li>{t('account.staysMessages')}</li>
          <li>{t('account.staysPosts')}</li>
          <li>{t('account.staysName')}</li>
        </ul>
      </section>
      <CloseForm />
    </Pane>
  );
}

function CloseForm() {
  const { t } = useTranslation('me');
  const session = useSession();
  const account = useAccount();
  const username = useUsername();
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { pending, problem, run } = useAttempt();
  const isConfirmed = typed.trim().replace(/^@/, '').toLowerCase() === username;

  const close = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!isConfirmed || password === '') return;
    if (await run(() => closeAccount(account, password))) session.closed();
  };
  return (
    <Form onSubmit={close}>
      <ProblemBanner problem={problem} />
      <TextField
        label={t('account.type', { username })}
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={tried && !isConfirmed ? t('account.typeWrong', { username }) : undefined}
      />
      <TextField
        type="password"
        label={t('confirm.password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={tried && password === '' ? t('confirm.missing') : undefined}
      />
      <div className={styles.actions}>
        <Button type="submit" tone="danger" pending={pending}>
          {t('account.close')}
        </Button>
      </div>
    </Form>
  );
}
