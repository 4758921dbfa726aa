import { Signpost } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../ui/controls/Button.tsx';
import { EmptyState } from '../ui/feedback/EmptyState.tsx';
import { useScreenTitle } from '../ui/layout/Pane.tsx';
import styles from './WholePage.module.css';

/** Where no screen has the address. */
export default function NotFound() {
  const { t } = useTranslation('app');
  const title = t('notFound.title');
  const heading = useScreenTitle(title, true);
  return (
    <div className={styles.page}>
      <EmptyState
        icon={<Signpost />}
        title={
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        }
        text={t('notFound.text')}
        action={<LinkButton href="/chats">{t('notFound.home')}</LinkButton>}
      />
    </div>
  );
}
