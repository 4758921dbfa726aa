import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import styles from './StandingBanner.module.css';

const APPLY = '/me/apply';
/** Milliseconds. */
const LOOK_AGAIN = 60_000;

/** Why one may not talk here now, and what to do about it; nothing for who may. */
export default function StandingBanner() {
  const { t, i18n } = useTranslation('standing');
  const { standing } = useAccount();
  const [location] = useLocation();
  const known = useObservable(standing).value;
  useEffect(() => {
    // The provider may decide otherwise at any time.
    const look = (): void => {
      if (document.visibilityState === 'visible') void standing.reload();
    };
    const timer = setInterval(look, LOOK_AGAIN);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [standing]);
  const toDo = known?.to_do;
  // Where one does what it asks for, it need not ask.
  if (known === undefined || toDo === undefined || location.startsWith(APPLY)) return null;
  const until = known.grace_until;
  if (known.may_talk && until === undefined) return null;
  const date = until === undefined ? '' : new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(until);
  return (
    <div className={styles.place}>
      <Banner
        tone="warning"
        title={until === undefined ? t('title') : t('soon', { date })}
        action={
          <LinkButton size="s" href={toDo === 'apply' ? `${APPLY}?for=myself` : '/me/accounts'}>
            {t(`do.${toDo}`)}
          </LinkButton>
        }
      >
        {t(`text.${toDo}`)}
      </Banner>
    </div>
  );
}
