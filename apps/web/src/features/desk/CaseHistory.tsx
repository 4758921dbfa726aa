import type { Step } from '@byline/protocol/byline/applications.ts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useSaid } from './useSaid.ts';
import styles from './CaseHistory.module.css';

/** What was done with the case before, the newest first. */
export function CaseHistory({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('desk');
  const said = useSaid();
  return (
    <details className={styles.history}>
      <summary className={styles.title}>{t('history.title')}</summary>
      <ol className={styles.steps}>
        {steps.toReversed().map((step) => (
          <li key={`${step.at} ${step.state} ${step.action}`}>
            <p>
              {t(`history.${step.by}`, {
                state: step.action ? t(`actions.${step.action}`) : t(`states.${step.state}`),
              })}{' '}
              <span className={styles.time}>
                <RelativeTime at={step.at} look="full" />
              </span>
            </p>
            {(step.reason ?? step.template) && <p className={styles.reason}>{said(step)}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
