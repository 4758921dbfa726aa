import type { Trust } from '@byline/client/crypto/trust.ts';
import type { Verification } from '@byline/client/crypto/verification.ts';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { useAttempt } from '../me/useAttempt.ts';
import { useObservable } from '../session/useObservable.ts';
import styles from './Trust.module.css';
import { useTrust } from './useTrust.ts';

/** Somebody one talks with. */
interface Partner {
  readonly id: string;
  readonly name: string;
}

/** What there is to know of those one talks with, in a quiet line above where one writes; mostly nothing. */
export function TalkTrust({ people }: { people: readonly Partner[] }) {
  const trust = useTrust();
  if (trust === undefined) return null;
  return people.map((person) => <OfPerson key={person.id} trust={trust} person={person} />);
}

function OfPerson({ trust, person }: { trust: Trust; person: Partner }) {
  const standing = useObservable(trust.people.standingOf(person.id));
  return (
    <>
      {(standing === 'changed' || standing === 'confirmed-changed') && (
        <Changed trust={trust} person={person} wasConfirmed={standing === 'confirmed-changed'} />
      )}
      <Asked trust={trust} person={person} />
    </>
  );
}

/** Said once: pressing it away takes the new identity for theirs. */
function Changed({ trust, person, wasConfirmed }: { trust: Trust; person: Partner; wasConfirmed: boolean }) {
  const { t } = useTranslation('trust');
  const { pending, run } = useAttempt();
  const { name } = person;
  return (
    <div className={styles.note} role="status">
      <span>{wasConfirmed ? t('changed.confirmed', { name }) : t('changed.known', { name })}</span>
      <Button size="s" pending={pending} onClick={() => void run(() => trust.people.accept(person.id))}>
        {t('changed.accept')}
      </Button>
    </div>
  );
}

/** They would like to compare. */
function Asked({ trust, person }: { trust: Trust; person: Partner }) {
  const verification = useObservable(trust.verifications.current);
  if (verification === undefined || verification.isOwn || verification.userId !== person.id) return null;
  return (
    <Invitation
      key={verification.id}
      verification={verification}
      name={person.name}
      onDecline={() => void trust.verifications.putAway()}
    />
  );
}

interface InvitationProps {
  readonly verification: Verification;
  readonly name: string;
  readonly onDecline: () => void;
}

function Invitation({ verification, name, onDecline }: InvitationProps) {
  const { t } = useTranslation('trust');
  const { step } = useObservable(verification.state);
  const { pending, run } = useAttempt();
  if (step !== 'invited') return null;
  return (
    <div className={styles.note} role="status">
      <span>{t('ask.asked', { name })}</span>
      <Button size="s" pending={pending} onClick={() => void run(() => verification.accept())}>
        {t('compare.accept')}
      </Button>
      <Button size="s" tone="quiet" onClick={onDecline}>
        {t('compare.decline')}
      </Button>
    </div>
  );
}
