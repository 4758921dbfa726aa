import type { ApplicationForm } from '@byline/client/applications/application-form.ts';
import { isOpen } from '@byline/client/applications/applications.ts';
import { firstOpenStep, isFormStep } from '@byline/client/applications/steps.ts';
import { isApiError } from '@byline/client/api/errors.ts';
import { CloudOff, FileX } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect } from 'wouter';
import { Button, LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { ApplicationStatus } from './ApplicationStatus.tsx';
import { ApplyIntro } from './ApplyIntro.tsx';
import { FormSteps } from './FormSteps.tsx';

/** To apply: what it takes, where an application stands (`id`), or the form (`id` and `step`). */
export function ApplyContent({ id, step }: { id: string | undefined; step: string | undefined }) {
  return id === undefined ? <ApplyIntro /> : <Application key={id} id={id} step={step} />;
}

function Application({ id, step }: { id: string; step: string | undefined }) {
  const { t } = useTranslation(['apply', 'ui']);
  const problemText = useProblemText();
  const { applications } = usePublicAccounts();
  const resource = applications.form(id);
  const loaded = useObservable(resource);
  if (loaded.value !== undefined) return <Opened form={loaded.value} step={step} />;
  if (loaded.state === 'failed') {
    const isGone = isApiError(loaded.error, 'M_NOT_FOUND');
    return (
      <Pane title={t('application')} backTo="/me/accounts">
        <EmptyState
          role="alert"
          icon={isGone ? <FileX /> : <CloudOff />}
          title={isGone ? t('gone') : t('failed')}
          text={isGone ? t('goneText') : problemText(loaded.error)}
          action={
            isGone ? (
              <LinkButton href="/me/accounts">{t('toAccounts')}</LinkButton>
            ) : (
              <Button onClick={() => void resource.reload()}>{t('ui:tryAgain')}</Button>
            )
          }
        />
      </Pane>
    );
  }
  return (
    <Pane title={t('application')} backTo="/me/accounts" body="form">
      <div role="status">
        <Hidden>{t('ui:list.loading')}</Hidden>
        <Skeleton height="44px" />
      </div>
    </Pane>
  );
}

function Opened({ form, step }: { form: ApplicationForm; step: string | undefined }) {
  const state = useObservable(form.state);
  const { applications } = usePublicAccounts();
  useEffect(() => applications.watch(), [applications]);
  const { application, missing } = state;
  const path = `/me/apply/${application.id}`;
  if (!isOpen(application))
    return step === undefined ? <ApplicationStatus form={form} /> : <Redirect to={path} replace />;
  if (step === undefined && application.state === 'changes-asked') return <ApplicationStatus form={form} />;
  if (!isFormStep(step)) return <Redirect to={`${path}/${firstOpenStep(application.purpose, missing)}`} replace />;
  return <FormSteps key={step} form={form} step={step} />;
}
