import { ChevronRight, Palette, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { Appearance } from './Appearance.tsx';
import styles from './MePlace.module.css';

/** One's own account and settings: `/me` and `/me/:section`. */
export default function MePlace() {
  const { t } = useTranslation('me');
  const { section } = useParams<'/me/:section?'>();
  const sections: Readonly<Record<string, ReactNode>> = { appearance: <Appearance /> };
  return (
    <Panes
      list={
        <Pane title={t('title')}>
          <ListRow
            href="/me/appearance"
            leading={
              <span className={styles.icon}>
                <Palette aria-hidden="true" />
              </span>
            }
            title={t('appearance.title')}
            text={t('appearance.summary')}
            trailing={<ChevronRight className={styles.arrow} aria-hidden="true" />}
            current={section === 'appearance'}
          />
        </Pane>
      }
      content={section === undefined ? undefined : sections[section]}
      placeholder={<EmptyState icon={<UserRound />} title={t('choose.title')} text={t('choose.text')} />}
    />
  );
}
