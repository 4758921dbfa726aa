import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Post } from '../posts/post.ts';

/** What an account that one follows has published last, and whether one has seen it. */
export interface RoomNews {
  readonly newest: Post | undefined;
  readonly isUnread: boolean;
}

/** An account that one follows. */
export interface Followed {
  readonly account: PublicAccount;
  readonly newest: Post | undefined;
  /** Something in it is new. Never true for what is muted. */
  readonly isUnread: boolean;
  readonly isMuted: boolean;
}

/** Followed accounts, the one that published last first; those that have published nothing last, by name. */
export function followedOf(
  accounts: readonly PublicAccount[],
  newsOf: (account: PublicAccount) => RoomNews | undefined,
): readonly Followed[] {
  const followed = accounts.map((account): Followed => {
    const { newest, isUnread = false } = newsOf(account) ?? {};
    const isMuted = account.subscription?.muted ?? false;
    return { account, newest, isMuted, isUnread: isUnread && !isMuted };
  });
  return followed.toSorted(
    (one, other) =>
      (other.newest?.publishedAt ?? 0) - (one.newest?.publishedAt ?? 0) ||
      one.account.name.localeCompare(other.account.name),
  );
}
