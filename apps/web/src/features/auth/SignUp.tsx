import { useTranslation } from 'react-i18next';
import { Link, Redirect, useSearch } from 'wouter';
import { useSessionState } from '../session/session.tsx';
import { nextFrom, safetyPath } from '../session/where.ts';
import { AuthFrame } from './AuthFrame.tsx';
import { SignUpForm } from './SignUpForm.tsx';

/** `/sign-up` */
export default function SignUp() {
  const { t } = useTranslation('auth');
  const search = useSearch();
  const state = useSessionState();
  if (state.status === 'signed-in') return <Redirect to={safetyPath(nextFrom(search))} replace />;
  return (
    <AuthFrame
      title={t('signUp.title')}
      footer={
        <>
          {t('signUp.other')} <Link href={search ? `/sign-in?${search}` : '/sign-in'}>{t('signUp.otherLink')}</Link>
        </>
      }
    >
      <SignUpForm />
    </AuthFrame>
  );
}
