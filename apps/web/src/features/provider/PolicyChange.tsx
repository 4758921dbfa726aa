import type { Policy, PolicyEffect, PolicyValue } from '@byline/protocol/byline/policy.ts';
import { Resource } from '@byline/client/resource.ts';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Dialog } from '../../ui/overlays/Dialog.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { startOf } from './dates.ts';
import { usePolicyText } from './usePolicyText.ts';
import { useDesk } from './useDesk.ts';
import styles from './PolicyPane.module.css';

interface PolicyChangeProps {
  readonly policy: Policy;
  readonly wanted: PolicyValue;
  readonly onDone: () => void;
}

/** What a change means, whom it blocks and when it is to hold, before it is made. */
export function PolicyChange({ policy, wanted, onDone }: PolicyChangeProps) {
  const { t } = useTranslation('provider');
  const { policies } = useDesk();
  const { standing } = useAccount();
  const { show } = useToasts();
  const { valueText } = usePolicyText();
  const problemText = useProblemText();
  const now = useNow();
  const { unit } = policy;
  const [text, setText] = useState(String(wanted));
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [date, setDate] = useState('');
  const [isTried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const start = startOf(date);
  const isLate = when === 'later' && (start === undefined || start <= now);
  const value = unit === 'choice' ? wanted : numberIn(text);
  const from = when === 'later' ? start : undefined;
  const decide = async (): Promise<void> => {
    setTried(true);
    if (isLate || value === undefined) return;
    setPending(true);
    setRefusal(undefined);
    try {
      await policies.decide({ key: policy.key, value, from });
      void standing.reload();
      show({ message: t('policy.done') });
      onDone();
    } catch (error) {
      setRefusal(problemText(error, { M_INVALID_PARAM: t('policy.impossible') }));
    } finally {
      setPending(false);
    }
  };
  const name = t(`policy.names.${policy.key}`);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={
        unit === 'choice'
          ? t('policy.confirm.title', { value: valueText(policy, wanted) })
          : t('policy.confirm.change', { policy: name })
      }
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
        {unit === 'choice' ? (
          <>
            <Meaning choice={wanted === 'everyone' ? 'everyone' : 'public-accounts'} />
            {refusal !== undefined && <Banner tone="danger">{refusal}</Banner>}
          </>
        ) : (
          <TextField
            label={name}
            hint={t(`policy.inUnits.${unit}`)}
            error={refusal ?? (isTried && value === undefined ? t('policy.impossible') : undefined)}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            onChange={(written) => {
              setText(written);
              setRefusal(undefined);
            }}
          />
        )}
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
        {!isLate && value !== undefined && <Effect policy={policy} value={value} from={from} />}
      </div>
    </Dialog>
  );
}

function Meaning({ choice }: { choice: 'public-accounts' | 'everyone' }) {
  const { t } = useTranslation('provider');
  return (
    <ul className={styles.effects}>
      <li>{t(`policy.effects.${choice}.who`)}</li>
      <li>{t(`policy.effects.${choice}.what`)}</li>
      <li>{t(`policy.effects.${choice}.kept`)}</li>
    </ul>
  );
}

interface EffectProps {
  readonly policy: Policy;
  readonly value: PolicyValue;
  readonly from: number | undefined;
}

/** How many accounts it blocks, counted by the server for just this change. */
function Effect({ policy: { key }, value, from }: EffectProps) {
  const { t } = useTranslation('provider');
  const { policies } = useDesk();
  const counting = useMemo(
    () => new Resource<PolicyEffect>(() => policies.preview({ key, value, from })),
    [policies, key, value, from],
  );
  const { state, value: effect } = useObservable(counting);
  return (
    <section className={styles.effect} aria-label={t('policy.effect.title')} aria-live="polite">
      <h3 className={styles.effectTitle}>{t('policy.effect.title')}</h3>
      {state === 'loading' && <Skeleton height="48px" />}
      {state === 'failed' && <p>{t('policy.effect.unknown')}</p>}
      {state === 'ready' && effect && <Numbers effect={effect} />}
    </section>
  );
}

function Numbers({ effect }: { effect: PolicyEffect }) {
  const { t } = useTranslation('provider');
  const { concerns, of } = effect;
  if (concerns === 'nobody') return <p>{t('policy.effect.nobody')}</p>;
  return (
    <>
      <dl className={styles.numbers}>
        {(['today', 'in_30_days'] as const).map((time) => (
          <div key={time}>
            <dt>{t(`policy.effect.${time}`)}</dt>
            <dd>
              {t(`policy.effect.blocked.${concerns}`, { count: effect[time].blocked })}{' '}
              <span className={styles.since}>
                {t('policy.effect.otherwise', { count: effect[time].blocked_otherwise })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.since}>{t('policy.effect.of', { count: of })}</p>
      <p className={styles.since}>{t('policy.effect.kept')}</p>
    </>
  );
}

const numberIn = (text: string): number | undefined => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined);
