import type { Safety } from '@byline/client/crypto/trust.ts';
import type { Locked } from '@byline/client/messages/content.ts';
import { Source } from '@byline/client/observable.ts';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useObservable } from '../session/useObservable.ts';
import styles from './LockedMessage.module.css';
import { useTrustWhenThere } from './useTrust.ts';

const UNKNOWN = new Source<Safety>('unknown');

/** A message that can't be read here: why, and what to do. It turns into its words by itself when they can be read. */
export function LockedMessage({ why }: { why: Locked['why'] }) {
  const { t } = useTranslation('trust');
  const { isKnown, trust } = useTrustWhenThere();
  const safety = useObservable(trust?.safety ?? UNKNOWN);
  const isConfirmed = safety === 'safe' || safety === 'no-recovery';
  // It was tried before the device was confirmed, or before the copy of the keys was found.
  const reason = why === 'unconfirmed' && isConfirmed ? 'looking' : why;
  return (
    <p className={styles.locked}>
      <Lock aria-hidden="true" />
      <span>
        {isKnown && trust === undefined ? t('unavailable') : t(`locked.${reason}`)}
        {reason === 'unconfirmed' && (
          <>
            {' '}
            <Link href="/me/safety">{t('locked.confirm')}</Link>
          </>
        )}
      </span>
    </p>
  );
}
