import type { OwnAccount } from '@byline/client/accounts/public-accounts.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import { CloudOff, Megaphone } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { RowSkeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { AccountAvatar } from '../account/AccountAvatar.tsx';
import { AccountMark } from '../account/AccountSeal.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { ApplicationRow } from '../apply/ApplicationRow.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './OwnAccountsList.module.css';

/**
 * The accounts that one operates, and the applications that are not done with.
 * @param current the handle or the id of what is open beside it
 */
export function OwnAccountsList({ current }: { current: string | undefined }) {
  const { t } = useTranslation(['publish', 'ui']);
  const { own, applications } = usePublicAccounts();
  const accounts = useObservable(own);
  const applied = useObservable(applications.list);
  useEffect(() => applications.watch(), [applications]);
  const failed = [accounts, applied].find(({ state, value }) => state === 'failed' && value === undefined);
  return (
    <Pane title={t('title')} backTo="/me">
      {failed ? (
        <EmptyState
          role="alert"
          icon={<CloudOff />}
          title={t('ui:list.failed')}
          text={t('ui:list.failedHint')}
          action={
            <Button
              onClick={() => {
                void own.reload();
                void applications.list.reload();
              }}
            >
              {t('ui:tryAgain')}
            </Button>
          }
        />
      ) : (
        <Lists accounts={accounts.value} applications={applied.value} current={current} />
      )}
    </Pane>
  );
}

function Lists({
  accounts,
  applications,
  current,
}: {
  accounts: readonly OwnAccount[] | undefined;
  applications: readonly Application[] | undefined;
  current: string | undefined;
}) {
  const { t } = useTranslation(['publish', 'ui']);
  if (accounts === undefined || applications === undefined) {
    return (
      <div role="status">
        <Hidden>{t('ui:list.loading')}</Hidden>
        <RowSkeleton />
        <RowSkeleton />
      </div>
    );
  }
  const mayPublish = accounts.filter(({ qualification }) => qualification !== null);
  const lapsed = accounts.filter((account) => account.qualification === null && !isApplied(account, applications));
  const shown = [...mayPublish, ...lapsed];
  const open = applications.filter(({ state }) => state !== 'approved' && state !== 'withdrawn');
  if (shown.length === 0 && open.length === 0) {
    return (
      <EmptyState icon={<Megaphone />} title={t('empty.title')} text={t('empty.text')} action={<OpenAnother first />} />
    );
  }
  return (
    <div className={styles.lists}>
      {shown.length > 0 && (
        <Group title={t('accounts')}>
          {shown.map((account) => (
            <li key={account.handle}>
              <ListRow
                href={`/me/accounts/${account.handle}`}
                leading={<AccountAvatar account={account} />}
                title={account.name}
                mark={<AccountMark account={account} />}
                text={account.qualification === null ? t('notQualified.short') : `@${account.handle}`}
                current={account.handle === current}
              />
            </li>
          ))}
        </Group>
      )}
      {open.length > 0 && (
        <Group title={t('applications')}>
          {open.map((application) => (
            <li key={application.id}>
              <ApplicationRow application={application} current={application.id === current} />
            </li>
          ))}
        </Group>
      )}
      <div className={styles.another}>
        <OpenAnother first={false} />
      </div>
    </div>
  );
}

/** Whether an account is only there because its application is under way. */
const isApplied = ({ handle }: OwnAccount, applications: readonly Application[]): boolean =>
  applications.some(
    ({ state, public: draft }) => draft.handle === handle && state !== 'approved' && state !== 'withdrawn',
  );

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.rows}>{children}</ul>
    </section>
  );
}

function OpenAnother({ first }: { first: boolean }) {
  const { t } = useTranslation('publish');
  return (
    <LinkButton href="/me/apply" tone={first ? 'strong' : 'soft'}>
      {first ? t('openFirst') : t('openAnother')}
    </LinkButton>
  );
}
