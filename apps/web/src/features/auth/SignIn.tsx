import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useSearch } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useSession, useSessionState } from '../session/session.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { nextFrom, safetyPath } from '../session/where.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { deviceName } from './deviceName.ts';
import { Form } from './Form.tsx';

/** `/sign-in` */
export default function SignIn() {
  const { t } = useTranslation('auth');
  const search = useSearch();
  const state = useSessionState();
  if (state.status === 'signed-in') return <Redirect to={safetyPath(nextFrom(search))} replace />;
  return (
    <AuthFrame
      title={t('signIn.title')}
      footer={
        <>
          {t('signIn.other')} <Link href={search ? `/sign-up?${search}` : '/sign-up'}>{t('signIn.otherLink')}</Link>
        </>
      }
    >
      {state.why === 'ended' && <Banner>{t('signIn.ended')}</Banner>}
      <SignInForm />
    </AuthFrame>
  );
}

function SignInForm() {
  const { t } = useTranslation('auth');
  const session = useSession();
  const problemText = useProblemText();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (pending || username.trim() === '' || password === '') return;
    setPending(true);
    setProblem(undefined);
    try {
      await session.signIn({ username: username.trim(), password, deviceName: deviceName(navigator) });
    } catch (error) {
      setProblem(error);
      setPending(false);
    }
  };

  return (
    <Form onSubmit={send}>
      {problem !== undefined && (
        <Banner tone="danger">
          {problemText(problem, { M_FORBIDDEN: t('signIn.wrong'), M_USER_DEACTIVATED: t('signIn.deactivated') })}
        </Banner>
      )}
      <TextField
        label={t('username.label')}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={tried && username.trim() === '' ? t('username.missing') : undefined}
      />
      <TextField
        type="password"
        label={t('password.label')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={tried && password === '' ? t('password.missing') : undefined}
      />
      <Button type="submit" tone="strong" wide pending={pending}>
        {t('signIn.action')}
      </Button>
    </Form>
  );
}
