import { ApiError, isApiError } from '@byline/client/api/errors.ts';
import { postOf } from '@byline/client/posts/post.ts';
import type { Post } from '@byline/client/posts/post.ts';
import { Resource } from '@byline/client/resource.ts';
import { getPost } from '@byline/protocol/byline/posts.ts';
import { EventId } from '@byline/protocol';
import { CloudOff, FileX, Link2 } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../ui/controls/Button.tsx';
import { IconButton } from '../../ui/controls/IconButton.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Pane } from '../../ui/layout/Pane.tsx';
import { ReadingRegion } from '../../ui/layout/ReadingRegion.tsx';
import { useToasts } from '../../ui/overlays/Toast.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { useAccount } from '../session/session.tsx';
import { useObservable } from '../session/useObservable.ts';
import { useProblemText } from '../session/useProblemText.ts';
import { AccountAvatar } from './AccountAvatar.tsx';
import { AccountSeal } from './AccountSeal.tsx';
import { postPath } from './postAddress.ts';
import { PostBody } from './PostBody.tsx';
import { useKnownAccount } from './usePublicAccounts.ts';
import styles from './PostPane.module.css';

export interface PostPaneProps {
  readonly handle: string;
  readonly postId: string;
  /** The place in which the account is open: `/following`, `/discover`. */
  readonly place: string;
}

/** One post at its own address, set to be read. */
export function PostPane({ handle, postId, place }: PostPaneProps) {
  const { t } = useTranslation(['account', 'ui']);
  const problemText = useProblemText();
  const resource = usePost(handle, postId);
  const { value, ...loaded } = useObservable(resource);
  const account = useKnownAccount(handle);
  const backTo = `${place}/${handle}`;
  const title = account?.name ?? t('post.label');

  if (value === undefined) {
    const error = 'error' in loaded ? loaded.error : undefined;
    const isGone = isApiError(error, 'M_NOT_FOUND');
    return (
      <Pane title={title} backTo={backTo}>
        {loaded.state === 'failed' ? (
          <EmptyState
            role="alert"
            icon={isGone ? <FileX /> : <CloudOff />}
            title={isGone ? t('post.gone') : t('post.failed')}
            text={isGone ? t('post.goneText') : problemText(error)}
            action={!isGone && <Button onClick={() => void resource.reload()}>{t('ui:tryAgain')}</Button>}
          />
        ) : (
          <div className={styles.page} role="status">
            <Hidden>{t('ui:list.loading')}</Hidden>
            <Skeleton height="18px" />
          </div>
        )}
      </Pane>
    );
  }
  return (
    <Pane
      title={title}
      heading={
        account && (
          <span className={styles.byline}>
            <AccountAvatar account={account} size={32} />
            <Link href={backTo} className={styles.name}>
              {account.name}
            </Link>
            <AccountSeal account={account} />
          </span>
        )
      }
      backTo={backTo}
      actions={<CopyLink post={value} />}
    >
      <div className={styles.page}>
        <ReadingRegion label={t('post.label')}>
          <p className={styles.time}>
            <RelativeTime at={value.publishedAt} look="full" />
            {value.editedAt !== undefined && (
              <>
                {' · '}
                {t('post.editedAt')} <RelativeTime at={value.editedAt} look="full" />
              </>
            )}
          </p>
          <PostBody
            body={value.body}
            place={{ postId: value.id, accountName: title, href: postPath(place, handle, value.id) }}
          />
        </ReadingRegion>
      </div>
    </Pane>
  );
}

function usePost(handle: string, postId: string): Resource<Post> {
  const { api } = useAccount();
  return useMemo(
    () =>
      new Resource(async () => {
        const eventId = EventId.safeParse(postId).data;
        if (eventId === undefined) throw new ApiError('M_NOT_FOUND', 'This is the address of no post.');
        return postOf(await api.call(getPost, { params: { handle, eventId } }));
      }),
    [api, handle, postId],
  );
}

function CopyLink({ post }: { post: Post }) {
  const { t } = useTranslation('account');
  const { show } = useToasts();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(new URL(post.url, location.origin).href);
      show({ message: t('post.copied') });
    } catch {
      show({ message: t('post.notCopied'), tone: 'problem' });
    }
  };
  return <IconButton label={t('post.copy')} icon={<Link2 />} onClick={() => void copy()} />;
}
