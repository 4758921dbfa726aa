import type { Policy, PolicyValue } from '@byline/protocol/byline/policy.ts';
import { Megaphone, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { PolicyChange } from './PolicyChange.tsx';
import { PolicyVersions } from './PolicyVersions.tsx';
import { usePolicyText } from './usePolicyText.ts';
import { useDesk } from './useDesk.ts';
import styles from './PolicyPane.module.css';

const CHOICES = ['public-accounts', 'everyone'] as const;
const ICONS = { 'public-accounts': Megaphone, everyone: UsersRound } as const;

/** What the provider decides for the whole server: what holds, what held, what is to come. */
export function PolicyPane() {
  const { t } = useTranslation(['provider', 'ui']);
  const problemText = useProblemText();
  const { policies } = useDesk();
  const loaded = useObservable(policies.list);
  return (
    <Pane title={t('policy.title')} backTo="/desk" body="form">
      <p>{t('policy.lead')}</p>
      {loaded.state === 'failed' && (
        <Banner tone="danger" action={<Button onClick={() => void policies.list.reload()}>{t('ui:tryAgain')}</Button>}>
          {problemText(loaded.error)}
        </Banner>
      )}
      {loaded.value === undefined && loaded.state === 'loading' && (
        <div role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <Skeleton height="140px" />
          <Skeleton height="140px" />
        </div>
      )}
      {loaded.value?.map((policy) => (
        <PolicySection key={policy.key} policy={policy} />
      ))}
    </Pane>
  );
}

function PolicySection({ policy }: { policy: Policy }) {
  const { t } = useTranslation('provider');
  const { valueText } = usePolicyText();
  const [wanted, setWanted] = useState<PolicyValue>();
  const { key, value } = policy;
  const isChoice = policy.unit === 'choice';
  return (
    <section className={styles.policy} aria-labelledby={`policy-${key}`}>
      <h2 id={`policy-${key}`} className={styles.title}>
        {t(`policy.names.${key}`)}
      </h2>
      <p className={styles.meaning}>{t(`policy.meanings.${key}`)}</p>
      {isChoice ? (
        <RadioGroup
          label={t('policy.label')}
          labelHidden
          value={CHOICES.find((choice) => choice === value)}
          onChange={setWanted}
          options={CHOICES.map((choice) => {
            const Icon = ICONS[choice];
            return {
              value: choice,
              label: t(`policy.values.${choice}`),
              hint: t(`policy.means.${choice}`),
              picture: <Icon />,
            };
          })}
        />
      ) : (
        <div className={styles.present}>
          <p className={styles.value}>{valueText(policy, value)}</p>
          <Button
            size="s"
            aria-label={t('policy.changeOf', { policy: t(`policy.names.${key}`) })}
            onClick={() => setWanted(value)}
          >
            {t('policy.change')}
          </Button>
        </div>
      )}
      <PolicyVersions policy={policy} />
      {wanted !== undefined && <PolicyChange policy={policy} wanted={wanted} onDone={() => setWanted(undefined)} />}
    </section>
  );
}
