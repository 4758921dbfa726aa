import type { PersonStanding } from '@byline/client/crypto/people-trust.ts';
import type { Trust } from '@byline/client/crypto/trust.ts';
import { ShieldCheck, UserRoundCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { ProblemBanner } from '../me/ProblemBanner.tsx';
import { useAttempt } from '../me/useAttempt.ts';
import { useObservable } from '../session/useObservable.ts';
import styles from './Trust.module.css';
import { useTrust } from './useTrust.ts';

export interface PersonTrustProps {
  readonly userId: string;
  readonly name: string;
  /** The direct conversation with them. */
  readonly roomId: string;
}

/** Whether one knows that somebody is who they say, and how to find out. */
export function PersonTrust(props: PersonTrustProps) {
  const trust = useTrust();
  return trust && <ForTrust {...props} trust={trust} />;
}

function ForTrust({ trust, userId, name, roomId }: PersonTrustProps & { trust: Trust }) {
  const { t } = useTranslation('trust');
  const standing = useObservable(trust.people.standingOf(userId));
  const safety = useObservable(trust.safety);
  const { pending, problem, run } = useAttempt();
  const mayAsk = safety === 'safe' || safety === 'no-recovery';
  const isConfirmed = standing === 'confirmed';
  return (
    <section className={styles.part}>
      <h2 className={styles.partTitle}>
        {isConfirmed ? <ShieldCheck aria-hidden="true" /> : <UserRoundCheck aria-hidden="true" />}
        {isConfirmed ? t('person.confirmedTitle', { name }) : t('person.title', { name })}
      </h2>
      <p className={styles.soft}>{t(`person.${keyOf(standing)}`, { name })}</p>
      <ProblemBanner problem={problem} />
      {mayAsk && standing !== 'unknown' && !isConfirmed && (
        <div className={styles.actions}>
          <Button
            size="s"
            pending={pending}
            onClick={() => void run(() => trust.verifications.askPerson(userId, roomId))}
          >
            {t('person.compare')}
          </Button>
        </div>
      )}
    </section>
  );
}

/** A change is said in the conversation; here it is enough that one hasn't compared. */
function keyOf(standing: PersonStanding): 'unknown' | 'known' | 'confirmed' {
  return standing === 'unknown' || standing === 'confirmed' ? standing : 'known';
}
