import { Compass, Search, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import { CategoryChoice } from './CategoryChoice.tsx';
import { DirectoryRow } from './DirectoryRow.tsx';
import styles from './DirectoryList.module.css';

const LIST_STATES = { loading: 'loading', ready: 'ready', more: 'more', failed: 'error' } as const;

/** What is found in the directory, and the words and the category by which it is searched. */
export function DirectoryList({ current }: { current: string | undefined }) {
  const { t } = useTranslation('discover');
  const { directory } = usePublicAccounts();
  const { query, handles, state } = useObservable(directory.state);
  const isSearching = query.words.trim() !== '' || query.category !== undefined;
  return (
    <Pane
      title={t('title')}
      body="fill"
      top={
        <div className={styles.search}>
          <TextField
            type="search"
            label={t('search')}
            labelHidden
            placeholder={t('searchHint')}
            icon={<Search />}
            value={query.words}
            maxLength={100}
            onChange={(words) => directory.search({ words })}
          />
          <CategoryChoice value={query.category} onChange={(category) => directory.search({ category })} />
        </div>
      }
    >
      <VirtualList
        label={t('list')}
        items={handles}
        keyOf={(handle) => handle}
        state={LIST_STATES[state]}
        onTryAgain={directory.readOn}
        onReachEnd={directory.readOn}
        empty={
          isSearching ? (
            <EmptyState
              role="status"
              icon={<SearchX />}
              title={t('none.title')}
              text={t('none.text')}
              action={
                <Button onClick={() => directory.search({ words: '', category: undefined })}>{t('none.all')}</Button>
              }
            />
          ) : (
            <EmptyState icon={<Compass />} title={t('empty.title')} text={t('empty.text')} />
          )
        }
        end={handles.length > 7 ? t('end') : undefined}
      >
        {(handle) => <DirectoryRow handle={handle} current={handle === current} />}
      </VirtualList>
    </Pane>
  );
}
