import type { Post } from '@byline/client/posts/post.ts';
import type { TimelineState } from '@byline/client/posts/post-timeline.ts';
import { CloudOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/controls/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { Hidden } from '../../ui/style/Hidden.tsx';
import { PostCard } from './PostCard.tsx';
import styles from './PostList.module.css';

export interface PostListProps {
  readonly accountName: string;
  readonly timeline: TimelineState;
  readonly readOn: () => void;
  /** The address of a post in this app. */
  readonly hrefOf: (post: Post) => string;
  readonly renderActions?: ((post: Post) => ReactNode) | undefined;
  readonly empty: ReactNode;
}

/** Posts, the newest first; older ones come as one reads on. */
export function PostList({
  accountName,
  timeline: { posts, state },
  readOn,
  hrefOf,
  renderActions,
  empty,
}: PostListProps) {
  const { t } = useTranslation('account');
  if (posts.length === 0 && state === 'ready') return empty;
  return (
    <section aria-label={t('posts')} className={styles.posts}>
      {posts.map((post) => (
        <PostCard
          key={post.id}
          post={post}
          accountName={accountName}
          href={hrefOf(post)}
          actions={renderActions?.(post)}
        />
      ))}
      <ListEnd state={state} readOn={readOn} />
    </section>
  );
}

function ListEnd({ state, readOn }: { state: TimelineState['state']; readOn: () => void }) {
  const { t } = useTranslation(['account', 'ui']);
  if (state === 'failed') {
    return (
      <EmptyState
        role="alert"
        icon={<CloudOff />}
        title={t('ui:list.failed')}
        text={t('ui:list.failedHint')}
        action={<Button onClick={readOn}>{t('ui:tryAgain')}</Button>}
      />
    );
  }
  if (state === 'ready') return <p className={styles.end}>{t('post.end')}</p>;
  return (
    <div role="status">
      {state === 'more' && <WhenSeen onSeen={readOn} />}
      <Hidden>{t('ui:list.loading')}</Hidden>
      <PostSkeleton />
      {state === 'loading' && <PostSkeleton />}
    </div>
  );
}

/** Calls once it comes near the screen. */
function WhenSeen({ onSeen }: { onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onSeen(), {
      rootMargin: '600px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [onSeen]);
  return <div ref={mark} />;
}

function PostSkeleton() {
  return (
    <div className={styles.skeleton}>
      <Skeleton width="90px" height="12px" />
      <Skeleton height="16px" />
      <Skeleton height="16px" />
      <Skeleton width="60%" height="16px" />
    </div>
  );
}
