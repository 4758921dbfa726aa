import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { IconButton } from '../controls/IconButton.tsx';
import { cameFrom } from './navigation.ts';

/** To the screen above. When one came from there it is the browser's own step back, so that nothing is passed twice. */
export function BackButton({ to }: { to: string }) {
  const { t } = useTranslation('ui');
  const [, navigate] = useLocation();
  return (
    <IconButton
      label={t('back')}
      icon={<ArrowLeft />}
      onClick={() => {
        if (cameFrom(to)) history.back();
        else navigate(to, { replace: true });
      }}
    />
  );
}
