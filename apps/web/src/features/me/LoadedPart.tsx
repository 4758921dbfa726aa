import type { Loaded } from '@byline/client/resource.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './Me.module.css';

interface LoadedPartProps<Value> {
  readonly loaded: Loaded<Value>;
  readonly onTryAgain: () => Promise<void>;
  readonly children: (value: Value) => ReactNode;
}

/** What is fetched: its shape while it comes, itself when it is there, and a way on when it can't be had. */
export function LoadedPart<Value>({ loaded, onTryAgain, children }: LoadedPartProps<Value>) {
  const { t } = useTranslation('ui');
  const problemText = useProblemText();
  if (loaded.value !== undefined) return children(loaded.value);
  if (loaded.state === 'failed')
    return (
      <Banner
        tone="danger"
        action={
          <Button size="s" onClick={() => void onTryAgain()}>
            {t('tryAgain')}
          </Button>
        }
      >
        {problemText(loaded.error)}
      </Banner>
    );
  return (
    <div className={styles.loading} role="status">
      <Hidden>{t('list.loading')}</Hidden>
      <Skeleton width="40%" height="20px" />
      <Skeleton height="44px" />
      <Skeleton height="44px" />
    </div>
  );
}
