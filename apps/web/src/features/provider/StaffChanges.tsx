import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { StaffChange } from '@byline/protocol/byline/staff.ts';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useDesk } from './useDesk.ts';
import styles from './StaffPane.module.css';

/** Who gave and took which role. */
export function StaffChanges() {
  const { t } = useTranslation('provider');
  const { staff } = useDesk();
  const changes = useObservable(staff.changes).value ?? [];
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="staff-changes">
      <h2 id="staff-changes" className={styles.title}>
        {t('staff.changes.title')}
      </h2>
      <ol className={styles.changes}>
        {changes.map((change) => (
          <li key={change.number}>
            <Change change={change} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Change({ change: { user_id: userId, role, change, by, at } }: { change: StaffChange }) {
  const { t } = useTranslation('provider');
  const who = { name: shortUserId(userId), role: t(`roles.${role}`) };
  return (
    <>
      <p>{t(`staff.changes.${change}`, who)}</p>
      <p className={styles.when}>
        <RelativeTime at={at} look="full" />
        {by === undefined
          ? ` · ${t(`staff.changes.byItself.${change}`)}`
          : ` · ${t('policy.by', { name: shortUserId(by) })}`}
      </p>
    </>
  );
}
