import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { QueuedCase } from '@byline/protocol/byline/review.ts';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { usePrivatePicture } from '../apply/usePrivatePicture.ts';
import { useAccount } from '../session/session.tsx';
import { caseName } from './caseName.ts';
import { useDue } from './useDue.ts';
import styles from './QueueRow.module.css';

/** A case in the queue: who applies, how long it waits, and who has it. */
export function QueueRow({ queued, current }: { queued: QueuedCase; current: boolean }) {
  const { t } = useTranslation(['desk', 'account']);
  const { userId } = useAccount();
  const picture = usePrivatePicture(queued.public.picture ?? undefined);
  const due = useDue(queued.due_at);
  const { holder, own, purpose, public: draft } = queued;
  const name = caseName(queued) ?? t('personal');
  const kind = purpose === 'personal' ? t('personalKind') : draft.kind && t(`account:kinds.${draft.kind}`);
  const held =
    holder && (holder.user_id === userId ? t('queue.yours') : t('queue.held', { name: shortUserId(holder.user_id) }));
  const isOpen = queued.state === 'submitted' || queued.state === 'in-review';
  const marks = [
    queued.appealed && t('queue.appeal'),
    queued.stage === 'second' && t('queue.second'),
    queued.paused_by !== null && t('queue.paused'),
  ];
  return (
    <ListRow
      href={`/desk/case/${queued.id}`}
      leading={
        <Avatar name={name} id={queued.id} picture={picture} shape={purpose === 'personal' ? 'round' : 'square'} />
      }
      title={name}
      text={own ? t('queue.own') : [...marks, held ?? kind].filter(Boolean).join(' · ')}
      meta={
        isOpen ? <span className={due.isLate ? styles.late : undefined}>{due.text}</span> : t(`states.${queued.state}`)
      }
      current={current}
    />
  );
}
