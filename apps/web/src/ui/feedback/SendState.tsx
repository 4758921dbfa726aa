import { Check, CheckCheck, Clock, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Hidden } from '../style/Hidden.tsx';
import styles from './SendState.module.css';

export type SendStateName = 'sending' | 'sent' | 'read' | 'failed';

export interface SendStateProps {
  readonly state: SendStateName;
  /** Only asked for when it failed. */
  readonly onTryAgain?: (() => void) | undefined;
}

const ICONS = { sending: Clock, sent: Check, read: CheckCheck, failed: RotateCw } as const satisfies Record<
  SendStateName,
  typeof Check
>;

/** Stands beside what one sent. When it failed it is a button that tries again. */
export function SendState({ state, onTryAgain }: SendStateProps) {
  const { t } = useTranslation('ui');
  const Icon = ICONS[state];
  if (state === 'failed') {
    return (
      <button type="button" className={styles.failed} onClick={onTryAgain}>
        <span>{t('send.failed')}</span>
        <span className={styles.again}>
          <Icon aria-hidden="true" />
          {t('tryAgain')}
        </span>
      </button>
    );
  }
  return (
    <span className={styles.state} data-state={state} title={t(`send.${state}`)}>
      <Icon aria-hidden="true" />
      <Hidden>{t(`send.${state}`)}</Hidden>
    </span>
  );
}
