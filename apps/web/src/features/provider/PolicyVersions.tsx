import type { Policy, PolicyVersion } from '@byline/protocol/byline/policy.ts';
import { shortUserId } from '@byline/client/provider/staff-list.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { usePolicyText } from './usePolicyText.ts';
import { useDesk } from './useDesk.ts';
import styles from './PolicyPane.module.css';

/** What is decided for later, which can be taken back; and all that was ever decided. */
export function PolicyVersions({ policy }: { policy: Policy }) {
  const { t } = useTranslation('provider');
  const { valueText } = usePolicyText();
  const { effective_from: since, versions } = policy;
  const now = useNow();
  // This clock may be behind the server's, which says what has begun.
  const begun = Math.max(now, since ?? 0);
  const upcoming = versions.filter((version) => version.withdrawn_at === undefined && version.effective_from > begun);
  return (
    <>
      {since !== undefined && (
        <p className={styles.since}>
          {t('policy.since')} <RelativeTime at={since} look="full" />
        </p>
      )}
      {upcoming.map((version) => (
        <Upcoming key={version.version} policy={policy} version={version} />
      ))}
      {versions.length > 0 && (
        <details className={styles.history}>
          <summary className={styles.summary}>{t('policy.history', { count: versions.length })}</summary>
          <ol className={styles.versions}>
            {versions.map((version) => (
              <li key={version.version}>
                <p>{valueText(policy, version.value)}</p>
                <p className={styles.since}>
                  {t('policy.from')} <RelativeTime at={version.effective_from} look="full" />
                  {version.set_by && ` · ${t('policy.by', { name: shortUserId(version.set_by) })}`}
                </p>
                {version.withdrawn_at !== undefined && (
                  <p className={styles.since}>
                    {t('policy.withdrawn')} <RelativeTime at={version.withdrawn_at} look="full" />
                    {version.withdrawn_by && ` · ${t('policy.by', { name: shortUserId(version.withdrawn_by) })}`}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Upcoming({ policy, version }: { policy: Policy; version: PolicyVersion }) {
  const { t } = useTranslation('provider');
  const { policies } = useDesk();
  const { valueText } = usePolicyText();
  const { show } = useToasts();
  const problemText = useProblemText();
  const value = valueText(policy, version.value);
  const withdraw = async (): Promise<void> => {
    try {
      await policies.withdraw(policy.key, version.version);
      show({ message: t('policy.withdrawDone') });
    } catch (error) {
      await policies.list.reload();
      show({ message: problemText(error, { M_BAD_STATE: t('policy.begun') }), tone: 'problem' });
    }
  };
  return (
    <div className={styles.upcoming}>
      <p>
        {t('policy.upcoming', { value })} <RelativeTime at={version.effective_from} look="full" />
      </p>
      <Button size="s" onClick={() => void withdraw()} aria-label={t('policy.withdrawOf', { value })}>
        {t('policy.withdraw')}
      </Button>
    </div>
  );
}
