import type { Policy, PolicyValue } from '@byline/client/provider/identity-policy.ts';
import { Megaphone, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { startOf } from './dates.ts';
import { useDesk } from './useDesk.ts';
import styles from './PolicyPane.module.css';

const VALUES = ['public-accounts', 'everyone'] as const satisfies PolicyValue[];
const ICONS = { 'public-accounts': Megaphone, everyone: UsersRound } as const;

/** Whose identity must be verified before what. */
export function PolicyPane() {
  const { t } = useTranslation(['provider', 'ui']);
  const problemText = useProblemText();
  const { policy } = useDesk();
  const loaded = useObservable(policy.policy);
  const [wanted, setWanted] = useState<PolicyValue>();
  return (
    <Pane title={t('policy.title')} backTo="/desk" body="form">
      <p>{t('policy.lead')}</p>
      {loaded.state === 'failed' && (
        <Banner tone="danger" action={<Button onClick={() => void policy.policy.reload()}>{t('ui:tryAgain')}</Button>}>
          {problemText(loaded.error)}
        </Banner>
      )}
      {loaded.value === undefined && loaded.state === 'loading' && (
        <div role="status">
          <Hidden>{t('ui:list.loading')}</Hidden>
          <Skeleton height="140px" />
        </div>
      )}
      {loaded.value && (
        <>
          <RadioGroup
            label={t('policy.label')}
            value={loaded.value.value}
            onChange={setWanted}
            options={VALUES.map((value) => {
              const Icon = ICONS[value];
              return {
                value,
                label: t(`policy.values.${value}`),
                hint: t(`policy.means.${value}`),
                picture: <Icon />,
              };
            })}
          />
          <Upcoming policy={loaded.value} />
          {wanted && <Confirm wanted={wanted} onDone={() => setWanted(undefined)} />}
        </>
      )}
    </Pane>
  );
}

function Upcoming({ policy: { upcoming, effective_from: since } }: { policy: Policy }) {
  const { t } = useTranslation('provider');
  return (
    <div className={styles.since}>
      {since !== undefined && (
        <p>
          {t('policy.since')} <RelativeTime at={since} look="full" />
        </p>
      )}
      {upcoming.map(({ value, effective_from: from }) => (
        <p key={from}>
          {t('policy.upcoming', { value: t(`policy.values.${value}`) })} <RelativeTime at={from} look="full" />
        </p>
      ))}
    </div>
  );
}

/** What a change means, and when it is to hold, before it is made. */
function Confirm({ wanted, onDone }: { wanted: PolicyValue; onDone: () => void }) {
  const { t } = useTranslation('provider');
  const { policy } = useDesk();
  const { standing } = useAccount();
  const { show } = useToasts();
  const problemText = useProblemText();
  const now = useNow();
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [date, setDate] = useState('');
  const [isTried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const from = startOf(date);
  const isLate = when === 'later' && (from === undefined || from <= now);
  const decide = async (): Promise<void> => {
    setTried(true);
    if (isLate) return;
    setPending(true);
    try {
      await policy.decide(wanted, when === 'later' ? from : undefined);
      void standing.reload();
      show({ message: t('policy.done') });
      onDone();
    } catch (error) {
      show({ message: problemText(error), tone: 'problem' });
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={t('policy.confirm.title', { value: t(`policy.values.${wanted}`) })}
      actions={
        <>
          <Button tone="quiet" onClick={onDone}>
            {t('policy.confirm.keep')}
          </Button>
          <Button tone="strong" pending={pending} onClick={() => void decide()}>
            {t('policy.confirm.button')}
          </Button>
        </>
      }
    >
      <div className={styles.confirm}>
        <ul className={styles.effects}>
          <li>{t(`policy.effects.${wanted}.who`)}</li>
          <li>{t(`policy.effects.${wanted}.what`)}</li>
          <li>{t(`policy.effects.${wanted}.kept`)}</li>
        </ul>
        <RadioGroup
          label={t('policy.when.label')}
          value={when}
          onChange={setWhen}
          options={[
            { value: 'now', label: t('policy.when.now') },
            { value: 'later', label: t('policy.when.later'), hint: t('policy.when.laterHint') },
          ]}
        />
        {when === 'later' && (
          <TextField
            type="date"
            label={t('policy.when.date')}
            error={isTried && isLate ? t('policy.when.late') : undefined}
            value={date}
            onChange={setDate}
          />
        )}
      </div>
    </Dialog>
  );
}
