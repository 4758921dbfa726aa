import { isOpen } from '@byline/client/applications/applications.ts';
import type { Application } from '@byline/protocol/byline/applications.ts';
import { ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { usePrivatePicture } from './usePrivatePicture.ts';
import styles from './ApplicationRow.module.css';

/** One of one's own applications, and where it stands. */
export function ApplicationRow({ application, current }: { application: Application; current?: boolean }) {
  const { t } = useTranslation('apply');
  const picture = usePrivatePicture(application.public.picture ?? undefined);
  const name = application.purpose === 'personal' ? t('personalName') : application.public.name || t('noName');
  return (
    <ListRow
      href={`/me/apply/${application.id}`}
      leading={<Avatar name={name} id={application.id} picture={picture} shape="square" />}
      title={name}
      text={t(`states.${application.state}`)}
      meta={<RelativeTime at={application.updated_at} look="list" />}
      trailing={<ChevronRight className={styles.arrow} aria-hidden="true" />}
      unread={isOpen(application) && application.state === 'changes-asked'}
      current={current}
    />
  );
}
