import type { ReviewCase } from '@byline/client/review/review-case.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useDesk } from '../provider/useDesk.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { HandOverForm, PauseForm, QuestionForm, SendBackForm } from './CaseForms.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import type { DecisionKind } from './DecisionForm.tsx';
import { useShortcuts } from './useShortcuts.ts';
import styles from './DecisionBar.module.css';

const FORMS = { ask: QuestionForm, pause: PauseForm, handOver: HandOverForm, sendBack: SendBackForm } as const;
type Doing = DecisionKind | keyof typeof FORMS;

const isForm = (doing: Doing): doing is keyof typeof FORMS => doing in FORMS;

/** What one does with a case, once who answers for it was read. */
export function DecisionBar({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation('desk');
  const [doing, setDoing] = useState<Doing>();
  const isRead = useObservable(reviewCase.opened).state === 'open';
  const isSecond = value.stage === 'second';
  const { pending, confirm } = useConfirming(reviewCase);
  useShortcuts({
    // Nobody approves what they have not read.
    ...(isRead && { a: isSecond ? confirm : () => setDoing('approve') }),
    x: () => setDoing(isSecond ? 'sendBack' : 'refuse'),
    ...(!isSecond && !value.appealed && { h: () => setDoing('ask-for-changes') }),
    q: () => setDoing('ask'),
    p: () => setDoing('pause'),
    o: () => setDoing('handOver'),
  });
  const cancel = (): void => setDoing(undefined);
  if (doing !== undefined && isForm(doing)) {
    const Form = FORMS[doing];
    return <Form reviewCase={reviewCase} onCancel={cancel} />;
  }
  if (doing !== undefined)
    return <DecisionForm key={doing} kind={doing} reviewCase={reviewCase} value={value} onCancel={cancel} />;
  return (
    <div className={styles.bar}>
      <div className={styles.work} role="group" aria-label={t('work.label')}>
        <Button tone="quiet" size="s" onClick={() => setDoing('ask')}>
          {t('ask.short')}
        </Button>
        <Button tone="quiet" size="s" onClick={() => setDoing('pause')}>
          {t('pause.short')}
        </Button>
        <Button tone="quiet" size="s" onClick={() => setDoing('handOver')}>
          {t('handOver.short')}
        </Button>
      </div>
      <div className={styles.decisions} role="group" aria-label={t('decide.label')}>
        {isSecond ? (
          <>
            <Button tone="danger" onClick={() => setDoing('sendBack')}>
              {t('sendBack.do')}
            </Button>
            <Button tone="strong" disabled={!isRead} pending={pending} onClick={confirm}>
              {t('confirm.do')}
            </Button>
          </>
        ) : (
          <>
            <Button tone="danger" onClick={() => setDoing('refuse')}>
              {t('decide.refuse')}
            </Button>
            {!value.appealed && (
              <Button onClick={() => setDoing('ask-for-changes')}>{t('decide.ask-for-changes')}</Button>
            )}
            <Button tone="strong" disabled={!isRead} onClick={() => setDoing('approve')}>
              {value.needs_second ? t('decide.propose') : t('decide.approve')}
            </Button>
          </>
        )}
      </div>
      {!isRead && <p className={styles.unread}>{t('decide.unread')}</p>}
    </div>
  );
}

function useConfirming(reviewCase: ReviewCase) {
  const { t } = useTranslation('desk');
  const [, navigate] = useLocation();
  const { queue } = useDesk();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const confirm = async (): Promise<void> => {
    setPending(true);
    try {
      await reviewCase.confirm();
      show({ message: t('decided.approve') });
      navigate('/desk', { replace: true });
      void queue.reload();
    } catch (error) {
      const message = problemText(error, { BYLINE_CASE_CONFLICT: t('conflict'), BYLINE_OWN_CASE: t('barred') });
      show({ message, tone: 'problem' });
    } finally {
      setPending(false);
    }
  };
  return { pending, confirm: () => void confirm() };
}
