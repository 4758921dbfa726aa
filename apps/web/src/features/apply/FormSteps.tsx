import type { ApplicationForm, FormState } from '@byline/client/applications/application-form.ts';
import { doneSteps, nextTo, stepOf, stepsFor } from '@byline/client/applications/steps.ts';
import type { FormStep } from '@byline/client/applications/steps.ts';
import { useEffect, useRef, useState } from 'react';
import type { ComponentType, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { useObservable } from '../session/useObservable.ts';
import { AboutStep } from './AboutStep.tsx';
import { DocumentStep } from './DocumentStep.tsx';
import { focusField } from './focusField.ts';
import { IdentityStep } from './IdentityStep.tsx';
import { KindStep } from './KindStep.tsx';
import { NameStep } from './NameStep.tsx';
import { NoKeyBanner } from './NoKeyBanner.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { StepsBar } from './StepsBar.tsx';
import styles from './FormSteps.module.css';

export interface StepProps {
  readonly form: ApplicationForm;
  readonly state: FormState;
  /** Whether a field is to be pointed at, because it is still missing. */
  readonly isAsked: (field: string) => boolean;
}

const SCREENS: Readonly<Record<FormStep, ComponentType<StepProps>>> = {
  kind: KindStep,
  name: NameStep,
  about: AboutStep,
  identity: IdentityStep,
  document: DocumentStep,
  review: ReviewStep,
};

/** The form, one step at a time. Every answer is kept as it is given. */
export function FormSteps({ form, step }: { form: ApplicationForm; step: FormStep }) {
  const { t } = useTranslation('apply');
  const state = useObservable(form.state);
  const { application, missing } = state;
  const { purpose } = application;
  const [location, navigate] = useLocation();
  const body = useRef<HTMLDivElement>(null);
  /** Whether one wanted to go on while something was missing. */
  const [tried, setTried] = useState(false);
  const wanted = useWantedField(body);
  const missingHere = missing.filter((field) => stepOf(field) === step);
  const Step = SCREENS[step];
  const before = nextTo(purpose, step, -1);
  const after = nextTo(purpose, step, 1);
  const pathOf = (each: FormStep): string => `/me/apply/${application.id}/${each}`;

  const goOn = (): void => {
    void form.save();
    const [first] = missingHere;
    if (first !== undefined) {
      setTried(true);
      focusField(body.current, first);
    } else if (after !== undefined) navigate(pathOf(after), { state: { from: location } });
  };

  return (
    <Pane
      title={t(`steps.${step}`)}
      backTo="/me/accounts"
      body="form"
      top={
        <StepsBar
          steps={stepsFor(purpose)}
          current={step}
          done={doneSteps(purpose, missing)}
          pathOf={pathOf}
          saving={state.saving === 'saved' && state.hasUnsealed ? 'here' : state.saving}
          onSaveAgain={() => void form.save()}
        />
      }
      bottom={
        step !== 'review' && (
          <div className={styles.actions}>
            {before && (
              <Button tone="quiet" onClick={() => navigate(pathOf(before))}>
                {t('back')}
              </Button>
            )}
            <Button tone="strong" onClick={goOn}>
              {t('goOn')}
            </Button>
          </div>
        )
      }
    >
      <div ref={body} className={styles.body}>
        <NoKeyBanner />
        <AskedChanges form={form} />
        <Step
          form={form}
          state={state}
          isAsked={(field) => missingHere.includes(field) && (tried || wanted === field)}
        />
      </div>
    </Pane>
  );
}

/** What the reviewer asked for, in sight while it is put right. */
function AskedChanges({ form }: { form: ApplicationForm }) {
  const { t } = useTranslation('apply');
  const { application } = useObservable(form.state);
  if (application.state !== 'changes-asked') return null;
  const reason = application.history.findLast(({ state }) => state === 'changes-asked')?.reason;
  return (
    <Banner title={t('asked')}>
      <p className={styles.reason}>{reason}</p>
    </Banner>
  );
}

/** The field that the address names after its #; the cursor is put into it. */
function useWantedField(body: RefObject<HTMLDivElement | null>): string {
  const wanted = useHash();
  useEffect(() => {
    if (wanted !== '') focusField(body.current, wanted);
  }, [body, wanted]);
  return wanted;
}

/** What stands in the address after its #. Each step is drawn anew, so it is read once. */
const useHash = (): string => useState(() => window.location.hash.slice(1))[0];
