import { checkSubject, type CheckedSubject } from '@byline/client/review/case-subject.ts';
import { Resource } from '@byline/client/resource.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import type { LegalIdentity } from '@byline/protocol/byline/identity.ts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Fact, Facts } from './Facts.tsx';
import styles from './SubjectFacts.module.css';

/** What else the subject of a case has applied for, and whether it was counted rightly. */
export function SubjectFacts({ id, identity }: { id: Case['id']; identity: LegalIdentity }) {
  const { t } = useTranslation(['desk', 'ui']);
  const { api } = useAccount();
  const problemText = useProblemText();
  const resource = useMemo(() => new Resource(() => checkSubject(api, id, identity)), [api, id, identity]);
  const { state, value, error } = { error: undefined, ...useObservable(resource) };
  if (value !== undefined) return <Known subject={value} isPerson={identity.subject_kind === 'individual'} />;
  if (state !== 'failed') {
    return (
      <div className={styles.subject} role="status">
        <Hidden>{t('subject.checking')}</Hidden>
        <Skeleton height="44px" />
      </div>
    );
  }
  return (
    <Banner
      tone="warning"
      title={t('subject.unchecked')}
      action={
        <Button size="s" onClick={() => void resource.reload()}>
          {t('ui:tryAgain')}
        </Button>
      }
    >
      {problemText(error, { M_NOT_FOUND: t('subject.unknown') })}
    </Banner>
  );
}

function Known({ subject, isPerson }: { subject: CheckedSubject; isPerson: boolean }) {
  const { t } = useTranslation('desk');
  const { accounts, cap, others, isTrue, isFull } = subject;
  return (
    <div className={styles.subject}>
      {!isTrue && (
        <Banner tone="danger" title={t('subject.other')}>
          {t('subject.otherText')}
        </Banner>
      )}
      {isTrue && isFull && (
        <Banner tone="warning" title={t('subject.full', { count: cap })}>
          {t('subject.fullText')}
        </Banner>
      )}
      <Facts>
        <Fact name={isPerson ? t('subject.ofPerson') : t('subject.ofOrganisation')}>
          {accounts === 0 ? t('subject.noAccounts', { cap }) : t('subject.accounts', { count: accounts, cap })}
          {others.length > 0 && (
            <ul className={styles.others}>
              {others.map((other, place) => (
                <li key={place}>
                  {other.name ?? t('subject.personal')} {other.handle && <span>@{other.handle}</span>}
                  <span className={styles.state}>
                    {t(`states.${other.state}`)} · {other.same_applicant ? t('subject.same') : t('subject.different')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Fact>
      </Facts>
    </div>
  );
}
