import { isArticle } from '@byline/client/posts/post-body.ts';
import type { Post } from '@byline/client/posts/post.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { CameFrom } from '../../ui/layout/navigation.ts';
import { RelativeTime } from '../../ui/time/RelativeTime.tsx';
import { PostBody } from './PostBody.tsx';
import styles from './PostCard.module.css';

export interface PostCardProps {
  readonly post: Post;
  readonly accountName: string;
  /** The post's own address in this app. */
  readonly href: string;
  /** What its writers can do with it. */
  readonly actions?: ReactNode;
}

/** A post among others: long ones are begun here and read on a page of their own. */
export function PostCard({ post, accountName, href, actions }: PostCardProps) {
  const { t } = useTranslation('account');
  const [location] = useLocation();
  const state: CameFrom = { from: location };
  const long = isArticle(post.body);
  return (
    <article className={styles.card} aria-label={t('post.label')}>
      <header className={styles.head}>
        <Link href={href} state={state} className={styles.time}>
          <RelativeTime at={post.publishedAt} look="relative" />
        </Link>
        {post.editedAt !== undefined && <span className={styles.edited}>{t('post.edited')}</span>}
        {actions && <span className={styles.actions}>{actions}</span>}
      </header>
      <div className={long ? styles.begun : undefined}>
        <PostBody body={post.body} place={{ postId: post.id, accountName, href }} />
      </div>
      {long && (
        <Link href={href} state={state} className={styles.more}>
          {t('post.readOn')}
        </Link>
      )}
    </article>
  );
}
