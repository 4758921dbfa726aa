import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Wordmark } from '../../ui/layout/Wordmark.tsx';
import type { Place, PlaceId } from '../places.ts';
import { fetchScreen } from '../Screen.tsx';
import styles from './PlacesBar.module.css';

/** The way from place to place: at the bottom on a phone, at the side from 900 px on. */
export function PlacesBar({ places, here }: { places: readonly Place[]; here: PlaceId | undefined }) {
  const { t } = useTranslation('app');
  return (
    <nav className={styles.bar} aria-label={t('places.label')}>
      <div className={styles.mark} aria-hidden="true">
        <Wordmark size="m" />
      </div>
      <ul className={styles.places}>
        {places.map(({ id, path, icon: Icon, load, news: News }) => (
          <li key={id} className={styles.slot}>
            <Link
              href={path}
              className={styles.place}
              aria-current={id === here ? 'page' : undefined}
              onPointerEnter={() => void fetchScreen(load).catch(() => undefined)}
            >
              <span className={styles.icon}>
                <Icon aria-hidden="true" />
                {News && (
                  <span className={styles.news}>
                    <Suspense fallback={null}>
                      <News />
                    </Suspense>
                  </span>
                )}
              </span>
              <span className={styles.name}>{t(`places.${id}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
