import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useSession, useSessionState } from '../session/session.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { AuthFrame } from './AuthFrame.tsx';
import styles from './Form.module.css';
import { setupToken } from './setupToken.ts';

/** `/setup#token`: where the first administrator's one-time link leads. */
export default function Setup() {
  const { t } = useTranslation('auth');
  const state = useSessionState();
  const [token] = useState(() => {
    setupToken.takeFromAddress();
    return setupToken.read();
  });
  return (
    <AuthFrame title={t('setup.title')}>
      {token === undefined ? (
        <>
          <p>{t('setup.noToken')}</p>
          <LinkButton href="/chats">{t('setup.home')}</LinkButton>
        </>
      ) : state.status === 'signed-in' ? (
        <BecomeAdministrator token={token} userId={state.account.userId} />
      ) : (
        <div className={styles.form}>
          <p>{t('setup.signInFirst')}</p>
          <LinkButton tone="strong" wide href="/sign-up?next=/setup">
            {t('setup.signUp')}
          </LinkButton>
          <LinkButton wide href="/sign-in?next=/setup">
            {t('setup.signIn')}
          </LinkButton>
        </div>
      )}
    </AuthFrame>
  );
}

function BecomeAdministrator({ token, userId }: { token: string; userId: string }) {
  const { t } = useTranslation('auth');
  const session = useSession();
  const problemText = useProblemText();
  const [state, setState] = useState<'asking' | 'pending' | 'done'>('asking');
  const [problem, setProblem] = useState<unknown>();

  const become = async (): Promise<void> => {
    setState('pending');
    setProblem(undefined);
    try {
      await session.setUp(token);
      setupToken.forget();
      setState('done');
    } catch (error) {
      setProblem(error);
      setState('asking');
    }
  };

  if (state === 'done') {
    return (
      <div className={styles.form} role="status">
        <p>{t('setup.done')}</p>
        <LinkButton tone="strong" wide href="/desk">
          {t('setup.desk')}
        </LinkButton>
      </div>
    );
  }
  return (
    <div className={styles.form}>
      {problem !== undefined && <Banner tone="danger">{problemText(problem, { M_FORBIDDEN: t('setup.used') })}</Banner>}
      <p>{t('setup.confirm', { userId })}</p>
      <Button tone="strong" wide pending={state === 'pending'} onClick={() => void become()}>
        {t('setup.become')}
      </Button>
    </div>
  );
}
