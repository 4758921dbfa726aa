import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useScreenTitle } from '../../ui/layout/Pane.tsx';
import { Wordmark } from '../../ui/layout/Wordmark.tsx';
import styles from './AuthFrame.module.css';

export interface AuthFrameProps {
  readonly title: string;
  /** The way to the other screen. */
  readonly footer?: ReactNode;
  readonly children?: ReactNode;
}

/** The quiet page around signing in, signing up and setting up. */
export function AuthFrame({ title, footer, children }: AuthFrameProps) {
  const { t } = useTranslation('auth');
  const heading = useScreenTitle(title, true);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <Wordmark size="l" />
        <p className={styles.promise}>{t('promise')}</p>
        <div className={styles.card}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {children}
        </div>
        {footer && <p className={styles.footer}>{footer}</p>}
      </div>
    </main>
  );
}
