import { DomainError, type UserId } from '@byline/protocol';
import type { OperatorRole, PublicAccount } from '@byline/protocol/byline/accounts.ts';
import type { Post as PostView } from '@byline/protocol/byline/posts.ts';
import { type Account, isVisibleTo } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Post } from './posts.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** What readers are shown of accounts and posts. */
export class Readers {
  readonly #accounts: Accounts;
  readonly #subscriptions: Subscriptions;
  readonly #publicUrl: string;

  constructor(parts: {
    readonly accounts: Accounts;
    readonly subscriptions: Subscriptions;
    readonly publicUrl: string;
  }) {
    this.#accounts = parts.accounts;
    this.#subscriptions = parts.subscriptions;
    this.#publicUrl = parts.publicUrl;
  }

  /** An account that somebody may know of. Throws `M_NOT_FOUND`. */
  require(handle: string, userId: UserId | undefined): Account {
    const account = this.#accounts.byHandle(handle.toLowerCase());
    if (account !== undefined && isVisibleTo(account, userId)) return account;
    throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
  }

  async view(account: Account, userId: UserId | undefined): Promise<PublicAccount> {
    if (userId === undefined) return this.#view(account);
    const subscription = await this.#subscriptions.subscription(userId, account.roomId);
    return { ...this.#view(account), subscription: followOf(subscription) };
  }

  async views(accounts: readonly Account[], userId: UserId | undefined): Promise<PublicAccount[]> {
    if (userId === undefined) return accounts.map((account) => this.#view(account));
    const followed = new Map((await this.#subscriptions.subscriptionsOf(userId)).map((one) => [one.roomId, one]));
    return accounts.map((account) => ({
      ...this.#view(account),
      subscription: followOf(followed.get(account.roomId)),
    }));
  }

  /** The accounts that somebody follows, by name. */
  async followed(userId: UserId): Promise<PublicAccount[]> {
    const followed = await this.#subscriptions.subscriptionsOf(userId);
    const accounts = followed.map(({ roomId }) => this.#accounts.byRoom(roomId)).filter((one) => one !== undefined);
    const byName = accounts.toSorted((left, right) => left.name.localeCompare(right.name));
    return this.views(byName, userId);
  }

  /** The accounts that somebody operates, and as what. */
  async operated(userId: UserId): Promise<(PublicAccount & { role: OperatorRole })[]> {
    const accounts = this.#accounts.operatedBy(userId);
    const views = await this.views(accounts, userId);
    return views.map((view, index) => ({ ...view, role: accounts[index]?.operators.get(userId)?.role ?? 'operator' }));
  }

  post({ handle }: Account, { eventId, publishedAt, editedAt, content }: Post): PostView {
    return {
      event_id: eventId,
      published_at: publishedAt,
      ...(editedAt === undefined ? {} : { edited_at: editedAt }),
      content,
      url: `${this.#publicUrl}/@${handle}/${eventId.slice(1)}`,
    };
  }

  #view(account: Account): PublicAccount {
    return {
      account_id: account.accountId,
      handle: account.handle,
      user_id: account.userId,
      room_id: account.roomId,
      name: account.name,
      description: account.description,
      picture: account.picture,
      qualification: this.#accounts.permission.qualificationOf(account),
      subscribers: this.#subscriptions.subscriberCount(account.roomId),
    };
  }
}

const followOf = (subscription: Subscription | undefined): { readonly muted: boolean } | null =>
  subscription === undefined ? null : { muted: subscription.muted };
