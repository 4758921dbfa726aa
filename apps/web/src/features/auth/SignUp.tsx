import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AuthFrame } from './AuthFrame.tsx';

/** `/sign-up` */
export default function SignUp() {
  const { t } = useTranslation('auth');
  return (
    <AuthFrame
      title={t('signUp.title')}
      footer={
        <>
          {t('signUp.other')} <Link href="/sign-in">{t('signUp.otherLink')}</Link>
        </>
      }
    />
  );
}
