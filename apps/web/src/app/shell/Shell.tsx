import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { matchRoute, Route, Switch, useLocation, useRouter } from 'wouter';
import { useIsStaff } from '../../features/session/session.tsx';
import { useSeat } from '../../features/trust/useSeat.ts';
import { PlaybackProvider } from '../../features/voice/playback.tsx';
import { World } from '../../ui/style/World.tsx';
import { ErrorBoundary } from '../ErrorBoundary.tsx';
import { BRANCHES, PLACES } from '../places.ts';
import type { ScreenFile } from '../places.ts';
import { Screen } from '../Screen.tsx';
import { PlaceLoading } from './PlaceLoading.tsx';
import { PlacesBar } from './PlacesBar.tsx';
import styles from './Shell.module.css';

/* What is not there at first is fetched after everything else. */
const NowPlayingBar = lazy(async () => ({
  default: (await import('../../features/voice/NowPlayingBar.tsx')).NowPlayingBar,
}));
const TrustLayer = lazy(() => import('../../features/trust/TrustLayer.tsx'));
const Elsewhere = lazy(async () => ({
  default: (await import('../../features/trust/Elsewhere.tsx')).Elsewhere,
}));
const StandingBanner = lazy(() => import('../../features/standing/StandingBanner.tsx'));

const notFound: ScreenFile = () => import('../NotFound.tsx');

/** The places, and the one that is open. */
export function Shell() {
  const { t } = useTranslation('app');
  const isStaff = useIsStaff();
  const seat = useSeat();
  const [location] = useLocation();
  const [, first = '', ...rest] = location.split('/');
  const here = PLACES.find((place) => place.id === first);
  const { parser } = useRouter();
  const branch = BRANCHES.find(({ pattern }) => matchRoute(parser, pattern, location)[0]);
  const world = (branch ?? here)?.world ?? 'ink';

  /* Talk is kept by one tab at a time; all else can be read in several. */
  const isElsewhere = here?.id === 'chats' && seat === 'elsewhere';

  useEffect(() => {
    document.documentElement.dataset['world'] = world;
  }, [world]);

  return (
    <PlaybackProvider>
      <World name={world} className={styles.world}>
        <div className={styles.shell} data-deep={rest.some(Boolean) || undefined}>
          <a className={styles.skip} href="#content">
            {t('skip')}
          </a>
          <PlacesBar places={PLACES.filter((place) => isStaff || !place.staffOnly)} here={here?.id} />
          <main id="content" tabIndex={-1} className={styles.main}>
            <Suspense fallback={null}>
              <NowPlayingBar />
              <StandingBanner />
            </Suspense>
            {seat !== 'elsewhere' && (
              <Suspense fallback={null}>
                <TrustLayer />
              </Suspense>
            )}
            <div className={styles.place}>
              <ErrorBoundary key={(branch ?? here)?.pattern ?? 'none'}>
                <Suspense fallback={<PlaceLoading />}>
                  {isElsewhere ? (
                    <Elsewhere isScreen />
                  ) : (
                    <Switch>
                      {[...BRANCHES, ...PLACES].map(({ pattern, load }) => (
                        <Route key={pattern} path={pattern}>
                          <Screen load={load} />
                        </Route>
                      ))}
                      <Route>
                        <Screen load={notFound} />
                      </Route>
                    </Switch>
                  )}
                </Suspense>
              </ErrorBoundary>
            </div>
          </main>
        </div>
      </World>
    </PlaybackProvider>
  );
}
