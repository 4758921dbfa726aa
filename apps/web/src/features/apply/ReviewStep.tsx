import { kindIn } from '@byline/client/applications/application-form.ts';
import { stepOf } from '@byline/client/applications/steps.ts';
import type { FormStep } from '@byline/client/applications/steps.ts';
import { isApiError } from '@byline/client/api/errors.ts';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { useProblemText } from '../session/useProblemText.ts';
import { countryName } from './countries.ts';
import { useFieldName } from './fieldName.ts';
import type { StepProps } from './FormSteps.tsx';
import { usePrivatePicture } from './usePrivatePicture.ts';
import { Withdraw } from './Withdraw.tsx';
import styles from './ReviewStep.module.css';

/** All of it once more, what is missing, and the button that sends it. */
export function ReviewStep({ form, state }: StepProps) {
  const { t } = useTranslation('apply');
  const { application, missing } = state;
  const pathOf = (step: FormStep): string => `/me/apply/${application.id}/${step}`;
  return (
    <>
      {missing.length > 0 && <Missing fields={missing} pathOf={pathOf} />}
      {application.purpose === 'public-account' && <PublicSummary state={state} pathOf={pathOf} />}
      <IdentitySummary state={state} pathOf={pathOf} />
      <Send form={form} state={state} />
      <p className={styles.promise}>{t('review.promise')}</p>
      <div>
        <Withdraw form={form} />
      </div>
    </>
  );
}

function Missing({ fields, pathOf }: { fields: readonly string[]; pathOf: (step: FormStep) => string }) {
  const { t } = useTranslation('apply');
  const fieldName = useFieldName();
  return (
    <section className={styles.missing} aria-labelledby="missing">
      <h2 id="missing" className={styles.missingTitle}>
        <CircleAlert aria-hidden="true" />
        {t('review.missing', { count: fields.length })}
      </h2>
      <ul className={styles.fields}>
        {fields.map((field) => (
          <li key={field}>
            <Link href={`${pathOf(stepOf(field))}#${field}`}>{fieldName(field)}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SummaryProps {
  readonly state: StepProps['state'];
  readonly pathOf: (step: FormStep) => string;
}

function PublicSummary({ state, pathOf }: SummaryProps) {
  const { t } = useTranslation(['apply', 'account']);
  const { kind, name = '', handle = '', category, description = '', picture } = state.draft;
  const shown = usePrivatePicture(picture ?? undefined);
  return (
    <section className={styles.section} aria-labelledby="public">
      <h2 id="public" className={styles.title}>
        {t('review.public')}
      </h2>
      <div className={styles.account}>
        <Avatar name={name || '·'} id={state.application.id} picture={shown} size={64} shape="square" />
        <div className={styles.accountName}>
          <p className={styles.name}>{name || t('noName')}</p>
          <p className={styles.handle}>@{handle}</p>
        </div>
      </div>
      <dl className={styles.facts}>
        <Fact name={t('kind.label')} href={pathOf('kind')}>
          {kind && t(`account:kinds.${kind}`)}
        </Fact>
        <Fact name={t('name.both')} href={pathOf('name')}>
          {name && handle && `${name} · @${handle}`}
        </Fact>
        <Fact name={t('category.label')} href={pathOf('about')}>
          {category && t(`account:categories.${category}`)}
        </Fact>
        <Fact name={t('description.label')} href={pathOf('about')}>
          {description}
        </Fact>
      </dl>
    </section>
  );
}

function IdentitySummary({ state, pathOf }: SummaryProps) {
  const { t, i18n } = useTranslation('apply');
  const { typed, isSealed, application, missing } = state;
  const { legal_name: name, document_kind: document, document_number: number, country } = typed;
  const isWritten = Boolean(name ?? number);
  const pictures = application.evidence.filter(({ piece }) => !missing.includes(`evidence.${piece}`)).length;
  return (
    <section className={styles.section} aria-labelledby="sealed">
      <h2 id="sealed" className={styles.title}>
        {t('review.sealed')}
      </h2>
      <dl className={styles.facts}>
        {isWritten || !isSealed ? (
          <>
            <Fact name={t(`identity.name.${kindIn(state)}`)} href={pathOf('identity')}>
              {name}
            </Fact>
            <Fact name={t('identity.document')} href={pathOf('identity')}>
              {document && [t(`documents.${document}`), number].filter(Boolean).join(' · ')}
            </Fact>
            <Fact name={t('identity.country')} href={pathOf('identity')}>
              {country && countryName(country, i18n.language)}
            </Fact>
          </>
        ) : (
          <Fact name={t('review.identity')} href={pathOf('identity')}>
            {t('review.isSealed')}
          </Fact>
        )}
        <Fact name={t('steps.document')} href={pathOf('document')}>
          {pictures > 0 && t('review.pictures', { count: pictures })}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, href, children }: { name: string; href: string; children: ReactNode }) {
  const { t } = useTranslation('apply');
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children || <span className={styles.nothing}>{t('review.nothing')}</span>}</dd>
      <dd className={styles.change}>
        <Link href={href} aria-label={t('review.changeOf', { field: name })}>
          {t('review.change')}
        </Link>
      </dd>
    </div>
  );
}

function Send({ form, state }: Pick<StepProps, 'form' | 'state'>) {
  const { t } = useTranslation('apply');
  const problemText = useProblemText();
  const [location, navigate] = useLocation();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const send = async (): Promise<void> => {
    setPending(true);
    setProblem(undefined);
    try {
      await form.submit();
      navigate(`/me/apply/${state.application.id}`, { replace: true, state: { from: location } });
    } catch (error) {
      if (isApiError(error, 'BYLINE_HANDLE_IN_USE', 'BYLINE_HANDLE_LOOKS_ALIKE', 'M_INVALID_USERNAME'))
        form.handle.again();
      setProblem(
        problemText(error, {
          BYLINE_APPLICATION_INCOMPLETE: t('review.incomplete'),
          BYLINE_ACCOUNT_CAP: t('review.cap', { count: capIn(error) }),
          BYLINE_HANDLE_IN_USE: t('review.handleTaken'),
          BYLINE_HANDLE_LOOKS_ALIKE: t('review.handleAlike'),
          M_INVALID_USERNAME: t('review.handleWrong'),
          BYLINE_NO_REVIEWERS_KEY: t('noKey.text'),
          M_BAD_STATE: t('review.changed'),
        }),
      );
    } finally {
      setPending(false);
    }
  };
  return (
    <div className={styles.send}>
      {problem && <Banner tone="danger">{problem}</Banner>}
      <Button tone="strong" wide pending={pending} disabled={state.missing.length > 0} onClick={() => void send()}>
        {state.application.state === 'changes-asked' ? t('review.sendAgain') : t('review.send')}
      </Button>
    </div>
  );
}

/** How many accounts there may be, as the server says with its refusal. */
function capIn(error: unknown): number {
  return isApiError(error, 'BYLINE_ACCOUNT_CAP') ? Number(error.fields['cap']) : 0;
}
