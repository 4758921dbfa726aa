import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { Case } from '@byline/protocol/byline/review.ts';
import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { usePrivatePicture } from '../apply/usePrivatePicture.ts';
import { caseName } from './caseName.ts';
import { Fact, Facts, Side } from './Facts.tsx';
import styles from './PublicFacts.module.css';

/** What everybody will read of the account; of somebody who shows only who they are, nothing. */
export function PublicFacts({ value }: { value: Case }) {
  const { t } = useTranslation(['desk', 'account']);
  const { kind, handle, category, description, picture } = value.public;
  const shown = usePrivatePicture(picture ?? undefined);
  const name = caseName(value);
  if (name === undefined) {
    return (
      <Side title={t('public.title')} mark={<Eye aria-hidden="true" />}>
        <Facts>
          <Fact name={t('public.applicant')} strong>
            @{shortUserId(value.applicant)}
          </Fact>
          <Fact name={t('public.purpose')}>{t('personalText')}</Fact>
        </Facts>
      </Side>
    );
  }
  return (
    <Side title={t('public.title')} mark={<Eye aria-hidden="true" />}>
      <div className={styles.account}>
        <Avatar name={name} id={value.id} picture={shown} size={64} shape="square" />
        <div className={styles.names}>
          <p className={styles.name}>{name}</p>
          <p className={styles.handle}>@{handle}</p>
        </div>
      </div>
      <Facts>
        <Fact name={t('public.kind')}>{kind && t(`account:kinds.${kind}`)}</Fact>
        <Fact name={t('public.category')}>{category && t(`account:categories.${category}`)}</Fact>
        <Fact name={t('public.description')}>{description}</Fact>
        <Fact name={t('public.applicant')}>@{shortUserId(value.applicant)}</Fact>
      </Facts>
    </Side>
  );
}
