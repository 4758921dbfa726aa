import { Signpost } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/controls/Button.tsx';
import { EmptyState } from '../ui/feedback/EmptyState.tsx';
import { Pane } from '../ui/layout/Pane.tsx';

export function NotFound() {
  const { t } = useTranslation('app');
  return (
    <Pane title={t('notFound.title')}>
      <EmptyState
        icon={<Signpost />}
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<LinkButton href="/chats">{t('notFound.home')}</LinkButton>}
      />
    </Pane>
  );
}
