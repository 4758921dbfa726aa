import { useTranslation } from 'react-i18next';
import { RowSkeleton, Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Panes } from '../../ui/layout/Panes.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import styles from './PlaceLoading.module.css';

/** The shape of a place while its file is fetched. */
export function PlaceLoading() {
  const { t } = useTranslation('app');
  return (
    <div className={styles.page} role="status">
      <Hidden>{t('loading')}</Hidden>
      <Panes
        list={
          <>
            <div className={styles.head}>
              <Skeleton width="120px" height="22px" />
            </div>
            <RowSkeleton />
            <RowSkeleton />
            <RowSkeleton />
          </>
        }
        placeholder={null}
      />
    </div>
  );
}
