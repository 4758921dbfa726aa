import { ownOpenings } from '@byline/client/custody/own-openings.ts';
import type { OwnOpening } from '@byline/protocol/byline/opening.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pane } from '../../ui/layout/Pane.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { LoadedPart } from './LoadedPart.tsx';
import styles from './Me.module.css';

/** Whether one's sealed identity was opened, and by whose order: `/me/identity`. */
export function IdentitySection() {
  const { t } = useTranslation('me');
  const account = useAccount();
  const [openings] = useState(() => ownOpenings(account));
  const loaded = useObservable(openings);
  return (
    <Pane title={t('identity.title')} backTo="/me" body="form">
      <p className={styles.soft}>{t('identity.text')}</p>
      <LoadedPart loaded={loaded} onTryAgain={async () => void (await openings.reload())}>
        {(all) =>
          all.length === 0 ? (
            <p>{t('identity.none')}</p>
          ) : (
            <ul className={styles.openings}>
              {all.map((one) => (
                <li key={`${one.at} ${one.application}`}>
                  <OpeningFacts opening={one} />
                </li>
              ))}
            </ul>
          )
        }
      </LoadedPart>
    </Pane>
  );
}

function OpeningFacts({ opening }: { opening: OwnOpening }) {
  const { t } = useTranslation('me');
  return (
    <dl className={styles.facts}>
      <dt>{t('identity.at')}</dt>
      <dd>
        <RelativeTime at={opening.at} look="full" />
      </dd>
      <dt>{t('identity.opened')}</dt>
      <dd>
        <ul className={styles.list}>
          {opening.fields.map((field) => (
            <li key={field}>{t(`identity.fields.${field}`)}</li>
          ))}
        </ul>
      </dd>
      <dt>{t('identity.authority')}</dt>
      <dd>{opening.authority}</dd>
      <dt>{t('identity.basis')}</dt>
      <dd>{opening.legal_basis}</dd>
    </dl>
  );
}
