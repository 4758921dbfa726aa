import { isApiError } from '@byline/client/api/errors.ts';
import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { ReviewCase } from '@byline/client/review/review-case.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { CloudOff, FileX } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { caseName } from './caseName.ts';
import { CaseTalk } from './CaseTalk.tsx';
import { CaseHistory } from './CaseHistory.tsx';
import { DecisionBar } from './DecisionBar.tsx';
import { LookAlikes } from './LookAlikes.tsx';
import { PublicFacts } from './PublicFacts.tsx';
import { SealedFacts } from './SealedFacts.tsx';
import { useDesk } from '../provider/useDesk.ts';
import { useShortcuts } from './useShortcuts.ts';
import { useWaiting } from './useWaiting.ts';
import styles from './CasePane.module.css';

/** How often a case that is being read is held anew, in milliseconds; it would go back to the queue after half an hour. */
const HOLD_AGAIN = 10 * 60_000;

/** A case: what everybody will read beside who answers for it, and the decision. */
export function CasePane({ id }: { id: string }) {
  const { t } = useTranslation(['desk', 'ui']);
  const problemText = useProblemText();
  const desk = useDesk();
  const reviewCase = useMemo(() => desk.case(id), [desk, id]);
  const loaded = useObservable(reviewCase.case);
  const { value } = loaded;

  if (value !== undefined) return <Shown reviewCase={reviewCase} value={value} />;
  const isGone = loaded.state === 'failed' && isApiError(loaded.error, 'M_NOT_FOUND');
  return (
    <Pane title={t('case')} backTo="/desk">
      {loaded.state === 'failed' ? (
        <EmptyState
          role="alert"
          icon={isGone ? <FileX /> : <CloudOff />}
          title={isGone ? t('gone.title') : t('gone.failed')}
          text={isGone ? t('gone.text') : problemText(loaded.error)}
          action={!isGone && <Button onClick={() => void reviewCase.case.reload()}>{t('ui:tryAgain')}</Button>}
        />
      ) : (
        <div className={styles.page} role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <Skeleton height="200px" />
        </div>
      )}
    </Pane>
  );
}

function Shown({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation('desk');
  const { userId } = useAccount();
  const isMine = value.holder?.user_id === userId && value.state === 'in-review';
  useHoldingOn(reviewCase, isMine);
  return (
    <Pane
      title={caseName(value) ?? t('personal')}
      backTo="/desk"
      bottom={isMine && <DecisionBar reviewCase={reviewCase} value={value} />}
    >
      <div className={styles.page}>
        <Standing reviewCase={reviewCase} value={value} isMine={isMine} />
        <div className={styles.sides}>
          <PublicFacts value={value} />
          <SealedFacts reviewCase={reviewCase} isMine={isMine} />
        </div>
        {value.purpose === 'public-account' && <LookAlikes reviewCase={reviewCase} value={value} />}
        <CaseTalk reviewCase={reviewCase} value={value} />
        <CaseHistory steps={value.history} />
      </div>
    </Pane>
  );
}

/** Keeps the case with who reads it. */
function useHoldingOn(reviewCase: ReviewCase, isMine: boolean): void {
  useEffect(() => {
    if (!isMine) return undefined;
    const timer = setInterval(() => {
      // Whoever lost it is told with the next thing they do.
      if (document.visibilityState === 'visible') reviewCase.claim().catch(() => undefined);
    }, HOLD_AGAIN);
    return () => clearInterval(timer);
  }, [reviewCase, isMine]);
}

/** Whose the case is now, and what one can do about that. */
function Standing({ reviewCase, value, isMine }: { reviewCase: ReviewCase; value: Case; isMine: boolean }) {
  const { t } = useTranslation('desk');
  const { time } = useFormats();
  const waiting = useWaiting();
  const now = useNow();
  const { pending, claim, release } = useHolding(reviewCase);
  const { holder, own, state, submitted_at: since } = value;
  const waits = state === 'submitted' || state === 'in-review';
  const { bar } = value;
  const isFree = waits && holder === null && bar === null;
  useShortcuts({ ...(isFree && { c: claim }), ...(isMine && { r: release }) });

  if (own && waits) return <Banner title={t('own.title')}>{t('own.text')}</Banner>;
  if (waits && bar !== null) return <Banner title={t('bar.title')}>{t(`bar.${bar}`)}</Banner>;
  if (!waits) return <Banner title={t(`states.${state}`)}>{t('done')}</Banner>;
  if (isMine && holder) {
    return (
      <Banner
        title={t('mine.title')}
        action={
          <Button size="s" pending={pending} onClick={release}>
            {t('release')}
          </Button>
        }
      >
        {value.stage === 'second' ? t('mine.second') : t('mine.text', { until: time(holder.until) })}
      </Banner>
    );
  }
  if (holder) {
    return (
      <Banner tone="warning" title={t('held.title', { name: shortUserId(holder.user_id) })}>
        {t('held.text', { until: time(holder.until) })}
      </Banner>
    );
  }
  return (
    <div className={styles.take}>
      <p>{t('free.text', { waiting: waiting(since, now) })}</p>
      <Button tone="strong" pending={pending} onClick={claim}>
        {t('claim')}
      </Button>
    </div>
  );
}

function useHolding(reviewCase: ReviewCase) {
  const { t } = useTranslation('desk');
  const { queue } = useDesk();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setPending(true);
    try {
      await act();
    } catch (error) {
      show({
        message: problemText(error, { BYLINE_CASE_CONFLICT: t('conflict'), BYLINE_OWN_CASE: t('barred') }),
        tone: 'problem',
      });
    } finally {
      setPending(false);
      void queue.reload();
    }
  };
  return {
    pending,
    claim: () => void attempt(() => reviewCase.claim()),
    release: () => void attempt(() => reviewCase.release()),
  };
}
