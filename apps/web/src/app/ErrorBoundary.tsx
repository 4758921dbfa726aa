import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudOff } from 'lucide-react';
import { Button } from '../ui/controls/Button.tsx';
import { EmptyState } from '../ui/feedback/EmptyState.tsx';
import { forgetFailedScreens } from './Screen.tsx';
import styles from './WholePage.module.css';

interface State {
  readonly broken: boolean;
}

/** When something inside can't be shown: says so in a sentence, and what to do, and leaves the rest of the app as it is. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  tryAgain = (): void => {
    forgetFailedScreens();
    this.setState({ broken: false });
  };

  override render(): ReactNode {
    if (this.state.broken) return <Broken onTryAgain={this.tryAgain} />;
    return this.props.children;
  }
}

function Broken({ onTryAgain }: { onTryAgain: () => void }) {
  const { t } = useTranslation(['app', 'ui']);
  return (
    <div className={styles.page}>
      <EmptyState
        role="alert"
        icon={<CloudOff />}
        title={<h1>{t('broken.title')}</h1>}
        text={t('broken.text')}
        action={
          <div className={styles.actions}>
            <Button tone="strong" onClick={onTryAgain}>
              {t('ui:tryAgain')}
            </Button>
            <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
          </div>
        }
      />
    </div>
  );
}
