import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AuthFrame } from './AuthFrame.tsx';

/** `/sign-in` */
export default function SignIn() {
  const { t } = useTranslation('auth');
  return (
    <AuthFrame
      title={t('signIn.title')}
      footer={
        <>
          {t('signIn.other')} <Link href="/sign-up">{t('signIn.otherLink')}</Link>
        </>
      }
    />
  );
}
