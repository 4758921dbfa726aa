import type { QueuedCase } from '@byline/protocol/byline/review.ts';
import { CircleHelp, CloudOff, FileDown, Inbox, KeyRound, LockOpen, Scale, UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { RowSkeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { FirstRun } from '../provider/FirstRun.tsx';
import { useObservable } from '../session/useObservable.ts';
import { QueueFilters } from './QueueFilters.tsx';
import { QueueRow } from './QueueRow.tsx';
import { useDesk, useRoles } from '../provider/useDesk.ts';
import { useShortcuts } from './useShortcuts.ts';
import styles from './DeskList.module.css';

export interface DeskListProps {
  readonly section: string | undefined;
  /** The case that is open. */
  readonly current: string | undefined;
  readonly onHelp: () => void;
}

/** What waits, and what is set for the whole provider. */
export function DeskList({ section, current, onHelp }: DeskListProps) {
  const { t } = useTranslation('desk');
  const roles = useRoles();
  const { keys } = useDesk();
  const isOpen = useObservable(keys.keys).size > 0;
  const isReviewer = roles.includes('reviewer');
  const isAdministrator = roles.includes('administrator');
  return (
    <Pane
      title={t('title')}
      actions={
        <>
          {isOpen && <IconButton label={t('key.lock')} icon={<LockOpen />} onClick={keys.lock} />}
          <IconButton label={t('shortcuts.title')} icon={<CircleHelp />} onClick={onHelp} />
        </>
      }
    >
      <div className={styles.lists}>
        {isAdministrator && <FirstRun />}
        {isReviewer && (
          <Group title={t('queue.title')}>
            <Queue current={current} />
          </Group>
        )}
        <Group title={t('provider.title')}>
          <ul className={styles.rows}>
            {(isAdministrator || isReviewer) && (
              <Setting href="/desk/key" icon={<KeyRound />} name={t('provider.key')} current={section === 'key'} />
            )}
            {isAdministrator && (
              <>
                <Setting
                  href="/desk/staff"
                  icon={<UsersRound />}
                  name={t('provider.staff')}
                  current={section === 'staff'}
                />
                <Setting
                  href="/desk/policy"
                  icon={<Scale />}
                  name={t('provider.policy')}
                  current={section === 'policy'}
                />
                <Setting
                  href="/desk/register"
                  icon={<FileDown />}
                  name={t('provider.register')}
                  current={section === 'register'}
                />
              </>
            )}
          </ul>
        </Group>
      </div>
    </Pane>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

function Setting({ href, icon, name, current }: { href: string; icon: ReactNode; name: string; current: boolean }) {
  return (
    <li>
      <ListRow href={href} leading={<span className={styles.icon}>{icon}</span>} title={name} current={current} />
    </li>
  );
}

function Queue({ current }: { current: string | undefined }) {
  const { queue } = useDesk();
  const { filter, counts } = useObservable(queue.state);
  return (
    <>
      <QueueFilters filter={filter} counts={counts} />
      <Cases current={current} />
    </>
  );
}

function Cases({ current }: { current: string | undefined }) {
  const { t } = useTranslation(['desk', 'ui']);
  const { queue } = useDesk();
  const { cases, state, filter } = useObservable(queue.state);
  useStepping(cases, current);
  if (cases.length === 0 && state === 'loading') {
    return (
      <div role="status">
        <Hidden>{t('ui:list.loading')}</Hidden>
        <RowSkeleton />
        <RowSkeleton />
      </div>
    );
  }
  if (cases.length === 0 && state === 'failed') {
    return (
      <EmptyState
        role="alert"
        icon={<CloudOff />}
        title={t('ui:list.failed')}
        text={t('ui:list.failedHint')}
        action={<Button onClick={() => void queue.reload()}>{t('ui:tryAgain')}</Button>}
      />
    );
  }
  const isAll = filter.which === 'waiting' && filter.category === undefined && filter.search.trim() === '';
  if (cases.length === 0) {
    return (
      <EmptyState
        icon={<Inbox />}
        title={isAll ? t('empty.title') : t('empty.none')}
        text={isAll ? t('empty.text') : t('empty.otherFilter')}
      />
    );
  }
  return (
    <>
      <ol className={styles.rows}>
        {cases.map((queued) => (
          <li key={queued.id}>
            <QueueRow queued={queued} current={queued.id === current} />
          </li>
        ))}
      </ol>
      {state === 'more' && (
        <div className={styles.more}>
          <Button tone="quiet" onClick={queue.readOn}>
            {t('queue.more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** `j` and `k` go to the next case and to the one before. */
function useStepping(cases: readonly QueuedCase[], current: string | undefined): void {
  const [location, navigate] = useLocation();
  const step = (by: 1 | -1) => (): void => {
    const at = cases.findIndex(({ id }) => id === current);
    const next = cases[at === -1 ? 0 : at + by];
    if (next !== undefined) navigate(`/desk/case/${next.id}`, { state: { from: location }, replace: at !== -1 });
  };
  useShortcuts({ j: step(1), k: step(-1) });
}
