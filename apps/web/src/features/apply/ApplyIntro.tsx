import { isApiError } from '@byline/client/api/errors.ts';
import { type Purpose, SUBJECT_KINDS, type SubjectKind } from '@byline/protocol/byline/identity.ts';
import { Clock, Landmark, Lock, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { RadioGroup } from '../../ui/controls/RadioGroup.tsx';
import { Select } from '../../ui/controls/Select.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ReadingRegion } from '../../ui/layout/ReadingRegion.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Checklist } from './Checklist.tsx';
import { NoKeyBanner } from './NoKeyBanner.tsx';
import styles from './ApplyIntro.module.css';

/** What it takes to be verified, said before anything is asked. */
export function ApplyIntro() {
  const { t } = useTranslation('apply');
  const { standing } = useAccount();
  const [search] = useSearchParams();
  const known = useObservable(standing).value;
  const mayBePersonal = known !== undefined && known.identity_required === 'everyone' && !known.verified;
  const [chosen, setPurpose] = useState<Purpose | undefined>(search.get('for') === 'myself' ? 'personal' : undefined);
  const purpose = mayBePersonal ? (chosen ?? 'personal') : (chosen ?? 'public-account');

  return (
    <Pane
      title={purpose === 'personal' ? t('intro.titlePersonal') : t('intro.title')}
      backTo="/me/accounts"
      body="form"
    >
      <NoKeyBanner />
      <p className={styles.lead}>{purpose === 'personal' ? t('intro.leadPersonal') : t('intro.lead')}</p>
      {mayBePersonal && (
        <RadioGroup
          label={t('intro.purpose')}
          value={purpose}
          onChange={setPurpose}
          options={[
            {
              value: 'personal',
              label: t('intro.personal'),
              hint: t('intro.personalHint'),
              picture: <UserRound />,
            },
            {
              value: 'public-account',
              label: t('intro.account'),
              hint: t('intro.accountHint'),
              picture: <Landmark />,
            },
          ]}
        />
      )}
      <ReadingRegion label={t('intro.what')}>
        <ul className={styles.points}>
          <Point icon={<Lock />} title={t('intro.sealed')} text={t('intro.sealedText')} />
          <Point icon={<Clock />} title={t('intro.time')} text={t('intro.timeText')} />
        </ul>
      </ReadingRegion>
      <Needed purpose={purpose} />
      <Begin purpose={purpose} />
    </Pane>
  );
}

/** What it takes, for whoever it is that will speak. */
function Needed({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation(['apply', 'account']);
  const [kind, setKind] = useState<SubjectKind>('individual');
  if (purpose === 'personal') return <Checklist purpose={purpose} kind="individual" />;
  return (
    <>
      <Select
        label={t('kind.label')}
        value={kind}
        options={SUBJECT_KINDS.map((each) => ({ value: each, label: t(`account:kinds.${each}`) }))}
        onChange={setKind}
      />
      <div aria-live="polite">
        <Checklist purpose={purpose} kind={kind} />
      </div>
    </>
  );
}

function Point({ icon, title, text }: { icon: ReactNode; title: string; text: string }) {
  return (
    <li className={styles.point}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div>
        <p className={styles.pointTitle}>{title}</p>
        <p className={styles.pointText}>{text}</p>
      </div>
    </li>
  );
}

function Begin({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation('apply');
  const { applications } = usePublicAccounts();
  const [location, navigate] = useLocation();
  const { show } = useToasts();
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const key = useObservable(applications.key);
  const begin = async (): Promise<void> => {
    setPending(true);
    try {
      const id = await applications.begin(purpose);
      navigate(`/me/apply/${id}`, { state: { from: location } });
    } catch (error) {
      if (isApiError(error, 'BYLINE_NO_REVIEWERS_KEY')) void applications.key.reload();
      show({ message: problemText(error, { M_FORBIDDEN: t('intro.tooMany') }), tone: 'problem' });
    } finally {
      setPending(false);
    }
  };
  const isImpossible = key.state === 'ready' && key.value === undefined;
  return (
    <div>
      <Button tone="strong" pending={pending} disabled={isImpossible} onClick={() => void begin()}>
        {t('intro.begin')}
      </Button>
    </div>
  );
}
