import type { ApplicationForm } from '@byline/client/applications/application-form.ts';
import { firstOpenStep } from '@byline/client/applications/steps.ts';
import type { Application, Step } from '@byline/protocol/byline/applications.ts';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useSaid } from '../desk/useSaid.ts';
import { useObservable } from '../session/useObservable.ts';
import { ProgressLine, WhatNext } from './WhatNext.tsx';
import { Withdraw } from './Withdraw.tsx';
import styles from './ApplicationStatus.module.css';

/** Where an application stands, why, and what can be done next. */
export function ApplicationStatus({ form }: { form: ApplicationForm }) {
  const { t } = useTranslation('apply');
  const { application, missing } = useObservable(form.state);
  const { state, purpose } = application;
  const name = purpose === 'personal' ? t('personalName') : application.public.name || t('noName');
  const said = useSaid();
  const last = application.history.findLast(
    (step) => step.state === state && step.action !== 'destroyed' && step.action !== 'corrected',
  );
  const reason = last && said(last);
  return (
    <Pane title={name} backTo="/me/accounts" body="form">
      <section className={styles.now} data-state={state} role="status">
        <p className={styles.title}>{t(`status.${state}.title`)}</p>
        <p>
          {purpose === 'personal' && state === 'approved' ? t('status.approvedPersonal') : t(`status.${state}.text`)}
        </p>
        {reason && (
          <div className={styles.reason}>
            <p className={styles.reasonTitle}>{t('status.reason')}</p>
            <blockquote className={styles.words}>{reason}</blockquote>
          </div>
        )}
        {state === 'refused' && <AfterRefusal />}
        <ProgressLine application={application} />
        <WhatNext form={form} application={application} />
        <Actions form={form} application={application} missing={missing} />
      </section>
      <History steps={application.history} />
    </Pane>
  );
}

/** What a refusal means further: how long it holds, and what one can do about it. */
function AfterRefusal() {
  const { t } = useTranslation('apply');
  return (
    <dl className={styles.after}>
      <div>
        <dt>{t('status.until')}</dt>
        <dd>{t('status.untilText')}</dd>
      </div>
      <div>
        <dt>{t('status.appeal')}</dt>
        <dd>{t('status.appealText')}</dd>
      </div>
    </dl>
  );
}

function Actions({
  form,
  application,
  missing,
}: {
  form: ApplicationForm;
  application: Application;
  missing: readonly string[];
}) {
  const { t } = useTranslation('apply');
  const { id, state, purpose } = application;
  const { handle } = application.public;
  return (
    <div className={styles.actions}>
      {state === 'changes-asked' && (
        <LinkButton tone="strong" href={`/me/apply/${id}/${firstOpenStep(purpose, missing)}`}>
          {t('status.correct')}
        </LinkButton>
      )}
      {state === 'approved' && purpose === 'public-account' && (
        <LinkButton tone="strong" href={`/me/accounts/${handle}`}>
          {t('status.write')}
        </LinkButton>
      )}
      {state === 'approved' && purpose === 'personal' && (
        <LinkButton tone="strong" href="/chats">
          {t('status.talk')}
        </LinkButton>
      )}
      {(state === 'refused' || state === 'withdrawn') && (
        <LinkButton tone="strong" href={purpose === 'personal' ? '/me/apply?for=myself' : '/me/apply'}>
          {t('status.again')}
        </LinkButton>
      )}
      {application.progress.next.includes('withdraw') && <Withdraw form={form} />}
    </div>
  );
}

/** Everything that was done with the application, the newest first. */
function History({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation('apply');
  const said = useSaid();
  return (
    <section aria-labelledby="history">
      <h2 id="history" className={styles.historyTitle}>
        {t('history.title')}
      </h2>
      <ol className={styles.history}>
        {steps.toReversed().map((step) => (
          <li key={`${step.at} ${step.state} ${step.action}`} className={styles.step}>
            <p>
              {step.action
                ? t(`history.actions.${step.action}`)
                : t(`history.${step.by === 'applicant' ? 'you' : 'reviewer'}.${step.state}`)}
              <span className={styles.time}>
                <RelativeTime at={step.at} look="full" />
              </span>
            </p>
            {(step.reason ?? step.template) && <p className={styles.stepReason}>{said(step)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
