import type { Followed } from '@byline/client/following/followed.ts';
import { lineOf } from '@byline/client/posts/post-body.ts';
import type { Post } from '@byline/client/posts/post.ts';
import { BellOff, Rss } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ListRow } from '../../ui/lists/ListRow.tsx';
import { UnreadDot } from '../../ui/lists/Unread.tsx';
import { VirtualList } from '../../ui/lists/VirtualList.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useFormats } from '../../ui/time/formats.ts';
import { AccountAvatar } from '../account/AccountAvatar.tsx';
import { AccountMark } from '../account/AccountSeal.tsx';
import { usePublicAccounts } from '../account/usePublicAccounts.ts';
import { useObservable } from '../session/useObservable.ts';
import styles from './FollowedList.module.css';

const LIST_STATES = { loading: 'loading', ready: 'ready', failed: 'error' } as const;

/** The accounts that one follows, the one that published last first. */
export function FollowedList({ current }: { current: string | undefined }) {
  const { t } = useTranslation('following');
  const { following, subscriptions } = usePublicAccounts();
  const { state, followed } = useObservable(following.state);
  return (
    <Pane title={t('title')} body="fill">
      <VirtualList
        label={t('list')}
        items={followed}
        keyOf={({ account }) => account.handle}
        state={LIST_STATES[state]}
        onTryAgain={() => void subscriptions.handles.reload()}
        empty={
          <EmptyState
            icon={<Rss />}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton href="/discover">{t('empty.discover')}</LinkButton>}
          />
        }
      >
        {(each) => <FollowedRow followed={each} current={each.account.handle === current} />}
      </VirtualList>
    </Pane>
  );
}

function FollowedRow({ followed, current }: { followed: Followed; current: boolean }) {
  const { account, newest, isUnread, isMuted } = followed;
  return (
    <ListRow
      href={`/following/${account.handle}`}
      leading={<AccountAvatar account={account} />}
      title={account.name}
      mark={<AccountMark account={account} />}
      text={<NewestLine post={newest} />}
      meta={newest && <RelativeTime at={newest.publishedAt} look="list" />}
      trailing={isMuted ? <MutedMark /> : isUnread && <UnreadDot />}
      unread={isUnread}
      current={current}
    />
  );
}

function NewestLine({ post }: { post: Post | undefined }) {
  const { t } = useTranslation('following');
  const { length } = useFormats();
  if (post === undefined) return t('nothingYet');
  const { body } = post;
  const line = lineOf(body);
  if (line !== '' || body.kind === 'text') return line;
  if (body.kind === 'picture') return t('line.picture');
  if (body.kind === 'sound') return t('line.sound', { length: length(body.length) });
  return t('line.file', { name: body.name });
}

function MutedMark() {
  const { t } = useTranslation('following');
  return (
    <span className={styles.muted} title={t('muted')}>
      <BellOff aria-hidden="true" />
      <Hidden>{t('muted')}</Hidden>
    </span>
  );
}
