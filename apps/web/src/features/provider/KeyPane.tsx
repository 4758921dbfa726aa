import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Ceremony } from './Ceremony.tsx';
import { useDesk } from './useDesk.ts';
import styles from './KeyPane.module.css';

/** The reviewers' key: which one holds, and how a new one is made. */
export function KeyPane() {
  const { t } = useTranslation(['provider', 'ui']);
  const problemText = useProblemText();
  const desk = useDesk();
  const loaded = useObservable(desk.reviewersKey);
  const [isMaking, setMaking] = useState(false);
  const ceremony = useMemo(() => desk.ceremony(), [desk]);
  const step = useObservable(ceremony.state).step;
  return (
    <Pane title={t('key.title')} backTo="/desk" body="form">
      <p className={styles.lead}>{t('key.lead')}</p>
      {loaded.state === 'failed' && (
        <Banner
          tone="danger"
          action={<Button onClick={() => void desk.reviewersKey.reload()}>{t('ui:tryAgain')}</Button>}
        >
          {problemText(loaded.error)}
        </Banner>
      )}
      {loaded.state === 'loading' && (
        <div role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <Skeleton height="80px" />
        </div>
      )}
      {loaded.value && step === 'passphrase' && (
        <section className={styles.present} aria-label={t('key.present')}>
          <h2 className={styles.title}>{t('key.present')}</h2>
          <p className={styles.print}>{loaded.value.fingerprint}</p>
          <p className={styles.since}>
            {t('key.since')} <RelativeTime at={loaded.value.registered_at} look="full" />
          </p>
          <p>{t('key.compare')}</p>
        </section>
      )}
      {loaded.state === 'ready' &&
        (loaded.value === undefined || isMaking || step !== 'passphrase' ? (
          <>
            {loaded.value !== undefined && step === 'passphrase' && (
              <Banner tone="warning" title={t('key.replaceTitle')}>
                {t('key.replaceText')}
              </Banner>
            )}
            <Ceremony ceremony={ceremony} />
          </>
        ) : (
          <div>
            <Button onClick={() => setMaking(true)}>{t('key.makeAnother')}</Button>
          </div>
        ))}
    </Pane>
  );
}
