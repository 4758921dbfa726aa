import type { ApplicationForm } from '@byline/client/applications/application-form.ts';
import { isOpen } from '@byline/client/applications/applications.ts';
import { beginRenewal } from '@byline/client/applications/renewal.ts';
import { Resource } from '@byline/client/resource.ts';
import { CircleCheck } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { DocumentFields } from '../apply/DocumentStep.tsx';
import { useFieldName } from '../apply/fieldName.ts';
import { focusField } from '../apply/focusField.ts';
import { IdentityFields } from '../apply/IdentityStep.tsx';
import { NoKeyBanner } from '../apply/NoKeyBanner.tsx';
import { SealedNote } from '../apply/SealedNote.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import styles from './RenewalPane.module.css';

/** The one page on which an owner confirms again who answers for an account. */
export function RenewalPane({ handle }: { handle: string }) {
  const { t } = useTranslation(['publish', 'ui']);
  const { api } = useAccount();
  const { applications } = usePublicAccounts();
  const problemText = useProblemText();
  const begun = useMemo(
    () =>
      new Resource(async () => {
        const id = await beginRenewal(api, handle);
        void applications.list.reload();
        return applications.form(id);
      }),
    [api, applications, handle],
  );
  const { value, ...loaded } = useObservable(begun);
  return (
    <Pane title={t('renew.title')} backTo={`/me/accounts/${handle}`} body="form">
      {loaded.state === 'failed' && (
        <Banner tone="danger" action={<Button onClick={() => void begun.reload()}>{t('ui:tryAgain')}</Button>}>
          {problemText(loaded.error, { M_FORBIDDEN: t('renew.unowned'), M_BAD_STATE: t('renew.unverified') })}
        </Banner>
      )}
      {value === undefined && loaded.state === 'loading' && <Waiting />}
      {value && <Loaded form={value} />}
    </Pane>
  );
}

function Waiting() {
  const { t } = useTranslation(['publish', 'ui']);
  return (
    <div role="status">
      <Hidden>{t('ui:list.loading')}</Hidden>
      <Skeleton height="160px" />
    </div>
  );
}

function Loaded({ form }: { form: Resource<ApplicationForm> }) {
  const { t } = useTranslation(['publish', 'ui']);
  const problemText = useProblemText();
  const loaded = useObservable(form);
  if (loaded.value) return <Renewal form={loaded.value} />;
  if (loaded.state === 'loading') return <Waiting />;
  return (
    <Banner tone="danger" action={<Button onClick={() => void form.reload()}>{t('ui:tryAgain')}</Button>}>
      {loaded.state === 'failed' && problemText(loaded.error)}
    </Banner>
  );
}

function Renewal({ form }: { form: ApplicationForm }) {
  const { t } = useTranslation('publish');
  const state = useObservable(form.state);
  const { application, missing } = state;
  const body = useRef<HTMLDivElement>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const problemText = useProblemText();
  const fieldName = useFieldName();
  if (!isOpen(application)) return <Sent id={application.id} />;
  const send = async (): Promise<void> => {
    setTried(true);
    setProblem(undefined);
    const [first] = missing;
    if (first !== undefined) {
      focusField(body.current, first);
      return;
    }
    setPending(true);
    try {
      await form.submit();
    } catch (error) {
      setProblem(error);
    } finally {
      setPending(false);
    }
  };
  const step = { form, state, isAsked: (field: string) => tried && missing.includes(field) };
  return (
    <div ref={body} className={styles.page}>
      <NoKeyBanner />
      <p>{t('renew.lead')}</p>
      <Stays form={form} />
      <section className={styles.section} aria-labelledby="renew-who">
        <h2 id="renew-who" className={styles.title}>
          {t('renew.again')}
        </h2>
        <p>{t('renew.why')}</p>
        <IdentityFields {...step} />
      </section>
      <section className={styles.section} aria-labelledby="renew-picture">
        <h2 id="renew-picture" className={styles.title}>
          {t('renew.picture')}
        </h2>
        <DocumentFields {...step} />
      </section>
      <SealedNote />
      {tried && missing.length > 0 && (
        <Banner tone="warning">{t('renew.missing', { fields: missing.map(fieldName).join(', ') })}</Banner>
      )}
      {problem !== undefined && (
        <Banner tone="danger" title={t('renew.failed')}>
          {problemText(problem)}
        </Banner>
      )}
      <div>
        <Button tone="strong" pending={pending} onClick={() => void send()}>
          {t('renew.send')}
        </Button>
      </div>
    </div>
  );
}

/** What everybody reads of the account, as it stays. */
function Stays({ form }: { form: ApplicationForm }) {
  const { t } = useTranslation(['publish', 'account']);
  const { draft, application } = useObservable(form.state);
  const { name, handle, kind, category, description } = draft;
  return (
    <section className={styles.section} aria-labelledby="renew-stays">
      <h2 id="renew-stays" className={styles.title}>
        {t('renew.stays')}
      </h2>
      <div className={styles.account}>
        <p className={styles.name}>
          {name} <span className={styles.handle}>@{handle}</span>
        </p>
        <p className={styles.facts}>
          {kind && t(`account:kinds.${kind}`)} · {category && t(`account:categories.${category}`)}
        </p>
        <p>{description}</p>
      </div>
      <div>
        <LinkButton size="s" href={`/me/apply/${application.id}/kind`}>
          {t('renew.changed')}
        </LinkButton>
      </div>
    </section>
  );
}

function Sent({ id }: { id: string }) {
  const { t } = useTranslation('publish');
  return (
    <EmptyState
      icon={<CircleCheck />}
      title={t('renew.sent')}
      text={t('renew.sentText')}
      action={<LinkButton href={`/me/apply/${id}`}>{t('renew.see')}</LinkButton>}
    />
  );
}
