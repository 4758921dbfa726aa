import { shortUserId } from '@byline/client/provider/staff-list.ts';
import type { QueuedCase } from '@byline/protocol/byline/review.ts';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/identity/Avatar.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { useNow } from '../../ui/time/clock.tsx';
import { usePrivatePicture } from '../apply/usePrivatePicture.ts';
import { useAccount } from '../session/session.tsx';
import { caseName } from './caseName.ts';
import { useWaiting } from './useWaiting.ts';

/** A case in the queue: who applies, how long it waits, and who has it. */
export function QueueRow({ queued, current }: { queued: QueuedCase; current: boolean }) {
  const { t } = useTranslation(['desk', 'account']);
  const { userId } = useAccount();
  const picture = usePrivatePicture(queued.public.picture ?? undefined);
  const waiting = useWaiting();
  const now = useNow();
  const { holder, own, purpose, public: draft } = queued;
  const name = caseName(queued) ?? t('personal');
  const kind = purpose === 'personal' ? t('personalKind') : draft.kind && t(`account:kinds.${draft.kind}`);
  const held =
    holder && (holder.user_id === userId ? t('queue.yours') : t('queue.held', { name: shortUserId(holder.user_id) }));
  return (
    <ListRow
      href={`/desk/case/${queued.id}`}
      leading={
        <Avatar name={name} id={queued.id} picture={picture} shape={purpose === 'personal' ? 'round' : 'square'} />
      }
      title={name}
      text={own ? t('queue.own') : (held ?? kind)}
      meta={waiting(queued.submitted_at, now)}
      current={current}
    />
  );
}
