import type { QueueCounts, QueueFilter } from '@byline/client/review/review-queue.ts';
import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import { Search } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/controls/Select.tsx';
import { TextField } from '../../ui/controls/TextField.tsx';
import { useDesk } from '../provider/useDesk.ts';
import { useShortcuts } from './useShortcuts.ts';
import styles from './QueueFilters.module.css';

const ALL = 'all';

/** Which cases are shown, how many there are of each, and a search that finds decided ones too. */
export function QueueFilters({ filter, counts }: { filter: QueueFilter; counts: QueueCounts | undefined }) {
  const { t } = useTranslation(['desk', 'account']);
  const { queue } = useDesk();
  const search = useRef<HTMLInputElement>(null);
  useShortcuts({ '/': () => search.current?.focus() });
  const nameOf = (category: QueueCategory): string =>
    category === 'personal' ? t('personalKind') : t(`account:categories.${category}`);
  const counted = counts?.categories ?? [];
  const known = counted.some(({ category }) => category === filter.category);
  const chosen = filter.category !== undefined && !known ? [{ category: filter.category, waiting: 0 }] : [];
  const categories = [...counted, ...chosen].map(({ category, waiting }) => ({
    value: category,
    label: t('queue.counted', { name: nameOf(category), count: waiting }),
  }));
  return (
    <div className={styles.filters} role="search" aria-label={t('queue.filters')}>
      <TextField
        ref={search}
        type="search"
        icon={<Search />}
        label={t('queue.search')}
        labelHidden
        placeholder={t('queue.search')}
        maxLength={100}
        value={filter.search}
        onChange={(text) => queue.filter({ search: text })}
      />
      {filter.search.trim() === '' && (
        <div className={styles.choices}>
          <Select
            label={t('queue.which')}
            labelHidden
            value={filter.which}
            options={(['waiting', 'mine', 'asked'] as const).map((which) => ({
              value: which,
              label:
                counts === undefined
                  ? t(`queue.kinds.${which}`)
                  : t('queue.counted', { name: t(`queue.kinds.${which}`), count: counts[which] }),
            }))}
            onChange={(which) => queue.filter({ which })}
          />
          <Select
            label={t('queue.category')}
            labelHidden
            value={filter.category ?? ALL}
            options={[{ value: ALL, label: t('queue.allCategories') }, ...categories]}
            onChange={(category) => queue.filter({ category: category === ALL ? undefined : category })}
          />
        </div>
      )}
      {counts !== undefined && counts.overdue > 0 && (
        <p className={styles.overdue}>{t('queue.overdueCount', { count: counts.overdue })}</p>
      )}
    </div>
  );
}
