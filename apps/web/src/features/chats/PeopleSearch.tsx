import { PeopleSearch as Finder } from '@byline/client/conversations/people-search.ts';
import type { Person } from '@byline/client/timeline/message.ts';
import { Search, UserRoundSearch } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/controls/TextField.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './PeopleSearch.module.css';

/** Finds people of this server by name or username, and shows each as `children` draws them. */
export function PeopleSearch({
  without,
  children,
}: {
  /** Who isn't to be found: oneself, or who is there already. */
  without: ReadonlySet<string>;
  children: (person: Person) => ReactNode;
}) {
  const { t } = useTranslation('chats');
  const { api } = useAccount();
  const [search] = useState(() => new Finder(api));
  const [term, setTerm] = useState('');
  const { state, people } = useObservable(search.found);
  return (
    <div className={styles.search}>
      <div className={styles.field}>
        <TextField
          type="search"
          label={t('people.search')}
          labelHidden
          placeholder={t('people.search')}
          icon={<Search />}
          value={term}
          onChange={(typed) => {
            setTerm(typed);
            search.look(typed);
          }}
          autoComplete="off"
        />
      </div>
      <div className={styles.found}>
        {state === 'none' ? (
          <EmptyState icon={<UserRoundSearch />} title={t('people.title')} text={t('people.text')} />
        ) : (
          <VirtualList
            label={t('people.found')}
            items={people.filter(({ id }) => !without.has(id))}
            keyOf={({ id }) => id}
            state={state}
            onTryAgain={search.tryAgain}
            empty={
              <EmptyState
                role="status"
                icon={<UserRoundSearch />}
                title={t('people.none')}
                text={t('people.noneHint')}
              />
            }
          >
            {children}
          </VirtualList>
        )}
      </div>
    </div>
  );
}
