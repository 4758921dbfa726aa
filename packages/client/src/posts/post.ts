import type { JsonObject } from '@byline/protocol';
import type { Post as PostOnTheWire } from '@byline/protocol/byline/posts.ts';
import { bodyOf, type PostBody } from './post-body.ts';

/** What a public account published, as it reads now. */
export interface Post {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
  readonly editedAt?: number | undefined;
  readonly body: PostBody;
  /** Where anybody can read it, with no account and no script. */
  readonly url: string;
}

export const postOf = ({ event_id, published_at, edited_at, content, url }: PostOnTheWire): Post => ({
  id: event_id,
  publishedAt: published_at,
  ...(edited_at !== undefined && { editedAt: edited_at }),
  body: bodyOf(content),
  url,
});

/** What happens to an account's posts, as it is told while one looks. */
export type PostChange =
  | { readonly kind: 'published'; readonly post: Post }
  | { readonly kind: 'edited'; readonly id: string; readonly at: number; readonly content: JsonObject }
  | { readonly kind: 'deleted'; readonly id: string };

const newestFirst = (one: Post, other: Post): number => other.publishedAt - one.publishedAt;

/** Posts, the newest first, with others put among them; of two with one id the one that was changed last stays. */
export function withPosts(posts: readonly Post[], others: readonly Post[]): readonly Post[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  for (const post of others) {
    const known = byId.get(post.id);
    if (known === undefined || (post.editedAt ?? 0) >= (known.editedAt ?? 0)) byId.set(post.id, post);
  }
  // Sorting is stable, so posts of one millisecond stay as they were told.
  return [...byId.values()].toSorted(newestFirst);
}

/** Posts after a change; the same list when the change is of none of them. */
export function withChange(posts: readonly Post[], change: PostChange): readonly Post[] {
  if (change.kind === 'published') return withPosts(posts, [change.post]);
  if (!posts.some(({ id }) => id === change.id)) return posts;
  if (change.kind === 'deleted') return posts.filter(({ id }) => id !== change.id);
  return posts.map((post) =>
    post.id === change.id && change.at >= (post.editedAt ?? 0)
      ? { ...post, editedAt: change.at, body: bodyOf(change.content) }
      : post,
  );
}
