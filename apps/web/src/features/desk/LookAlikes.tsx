import type { ReviewCase } from '@byline/client/review/review-case.ts';
import type { LookAlike } from '@byline/protocol/byline/resemblance.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { ScanSearch } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { Banner } from '../../ui/feedback/Banner.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { usePrivatePicture } from '../apply/usePrivatePicture.ts';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { Side } from './Facts.tsx';
import { useScriptNames } from './useScriptNames.ts';
import styles from './LookAlikes.module.css';

/** What the account of a case could be taken for: names, handles and pictures, with why. */
export function LookAlikes({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation('desk');
  return (
    <Side title={t('lookAlikes.title')} mark={<ScanSearch aria-hidden="true" />}>
      <Content reviewCase={reviewCase} value={value} />
    </Side>
  );
}

function Content({ reviewCase, value }: { reviewCase: ReviewCase; value: Case }) {
  const { t } = useTranslation(['desk', 'ui']);
  const problemText = useProblemText();
  const scriptNames = useScriptNames();
  const loaded = useObservable(reviewCase.lookAlikes);
  if (loaded.state === 'failed') {
    const again = (
      <Button size="s" onClick={() => void reviewCase.lookAlikes.reload()}>
        {t('ui:tryAgain')}
      </Button>
    );
    return (
      <Banner tone="danger" title={t('lookAlikes.failed')} action={again}>
        {problemText(loaded.error)}
      </Banner>
    );
  }
  if (loaded.value === undefined) {
    return (
      <div role="status">
        <Hidden>{t('lookAlikes.loading')}</Hidden>
        <Skeleton height="64px" />
      </div>
    );
  }
  const { mixed_scripts: mixed, look_alikes: lookAlikes } = loaded.value;
  return (
    <div className={styles.found}>
      {mixed.length > 0 && <Banner tone="warning">{t('lookAlikes.mixed', { scripts: scriptNames(mixed) })}</Banner>}
      {lookAlikes.length === 0 && <p>{t('lookAlikes.none')}</p>}
      {lookAlikes.length > 0 && (
        <ul className={styles.list}>
          {lookAlikes.map((each) => (
            <Row key={`${each.handle} ${each.verified}`} lookAlike={each} value={value} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ lookAlike, value }: { lookAlike: LookAlike; value: Case }) {
  const { t } = useTranslation('desk');
  const { handle, name, picture, verified, reasons } = lookAlike;
  const hasPicture = reasons.some(({ what }) => what === 'picture');
  return (
    <li className={styles.row}>
      {hasPicture ? (
        <Pictures lookAlike={lookAlike} own={value.public.picture ?? undefined} />
      ) : (
        <Face name={name} picture={picture ?? undefined} />
      )}
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        <p className={styles.handle}>
          {verified ? <Link href={`/discover/${handle}`}>@{handle}</Link> : `@${handle}`}
          <span className={styles.standing}>{verified ? t('lookAlikes.verified') : t('lookAlikes.applied')}</span>
        </p>
        <ul className={styles.reasons}>
          {reasons.map((reason) => (
            <li key={JSON.stringify(reason)}>
              {reason.what === 'picture' ? t('lookAlikes.picture') : t(`lookAlikes.${reason.what}.${reason.how}`)}
            </li>
          ))}
        </ul>
      </div>
    </li>
  );
}

function Face({ name, picture }: { name: string; picture: string | undefined }) {
  const shown = usePrivatePicture(picture);
  return <Avatar name={name} picture={shown} size={48} shape="square" />;
}

/** Both beside each other, because that is how they are judged. */
function Pictures({ lookAlike, own }: { lookAlike: LookAlike; own: string | undefined }) {
  const { t } = useTranslation('desk');
  const [mine, theirs] = [usePrivatePicture(own), usePrivatePicture(lookAlike.picture ?? undefined)];
  return (
    <div className={styles.pictures}>
      {mine && <img className={styles.picture} src={mine} alt={t('lookAlikes.thisPicture')} />}
      {theirs && (
        <img className={styles.picture} src={theirs} alt={t('lookAlikes.itsPicture', { handle: lookAlike.handle })} />
      )}
    </div>
  );
}
