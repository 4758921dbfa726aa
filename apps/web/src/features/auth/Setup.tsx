import { useTranslation } from 'react-i18next';
import { AuthFrame } from './AuthFrame.tsx';

/** `/setup`: where the first administrator's one-time link leads. */
export default function Setup() {
  const { t } = useTranslation('auth');
  return <AuthFrame title={t('setup.title')} />;
}
