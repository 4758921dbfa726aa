import type { ReviewCase } from '@byline/client/review/review-case.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { useObservable } from '../session/useObservable.ts';
import { DecisionForm } from './DecisionForm.tsx';
import type { DecisionKind } from './DecisionForm.tsx';
import { useShortcuts } from './useShortcuts.ts';
import styles from './DecisionBar.module.css';

/** What one decides about a case, once who answers for it was read. */
export function DecisionBar({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation('desk');
  const [kind, setKind] = useState<DecisionKind>();
  const isRead = useObservable(reviewCase.opened).state === 'open';
  useShortcuts({
    // Nobody approves what they have not read.
    ...(isRead && { a: () => setKind('approve') }),
    h: () => setKind('ask-for-changes'),
    x: () => setKind('refuse'),
  });
  if (kind !== undefined) {
    return (
      <DecisionForm key={kind} kind={kind} reviewCase={reviewCase} value={value} onCancel={() => setKind(undefined)} />
    );
  }
  return (
    <div className={styles.bar} role="group" aria-label={t('decide.label')}>
      <Button tone="danger" onClick={() => setKind('refuse')}>
        {t('decide.refuse')}
      </Button>
      <Button onClick={() => setKind('ask-for-changes')}>{t('decide.ask-for-changes')}</Button>
      <Button tone="strong" disabled={!isRead} onClick={() => setKind('approve')}>
        {t('decide.approve')}
      </Button>
      {!isRead && <p className={styles.unread}>{t('decide.unread')}</p>}
    </div>
  );
}
