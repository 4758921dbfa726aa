import type { PublicAccount } from '@byline/protocol/byline/accounts.ts';
import { listPosts } from '@byline/protocol/byline/posts.ts';
import type { KnownAccounts } from '../accounts/known-accounts.ts';
import { derived, type Observable, once, Source } from '../observable.ts';
import { type Post, type PostChange, postOf } from '../posts/post.ts';
import type { SignedIn } from '../session/signed-in.ts';
import type { AccountRooms } from './account-rooms.ts';
import { type Followed, followedOf, type RoomNews } from './followed.ts';
import type { Subscriptions } from './subscriptions.ts';

export interface FollowingState {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly followed: readonly Followed[];
}

/** The public accounts that one follows, with what each has published last, as it happens. */
export class Following {
  readonly state: Observable<FollowingState>;
  /** Whether something that is not muted is new. */
  readonly hasNews: Observable<boolean>;
  readonly #account: SignedIn;
  readonly #known: KnownAccounts;
  readonly #subscriptions: Subscriptions;
  readonly #rooms = new Source<AccountRooms | undefined>(undefined);
  /** Counts up with what changes in the rooms. */
  readonly #news = new Source(0);
  /** The newest post of accounts whose room brought none; `undefined`: there is none, or it is being asked for. */
  readonly #older = new Map<string, Post | undefined>();
  readonly #listeners = new Map<string, Set<(change: PostChange) => void>>();
  #started: Promise<AccountRooms> | undefined;

  constructor(account: SignedIn, known: KnownAccounts, subscriptions: Subscriptions) {
    this.#account = account;
    this.#known = known;
    this.#subscriptions = subscriptions;
    const sources = [known.changes, subscriptions.handles, this.#rooms, this.#news, account.connection, account.seat];
    const state = derived(sources, () => this.#stateNow());
    this.state = {
      get: state.get,
      subscribe: (listener) => {
        void this.rooms();
        return state.subscribe(listener);
      },
    };
    this.hasNews = derived([this.state], () => this.state.get().followed.some(({ isUnread }) => isUnread));
  }

  /** The rooms of the followed accounts, once the Matrix client is there. */
  rooms(): Promise<AccountRooms> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Tells what happens to an account's posts; what it returns ends that. */
  onPosts(roomId: string, listener: (change: PostChange) => void): () => void {
    const listeners = this.#listeners.get(roomId) ?? new Set();
    this.#listeners.set(roomId, listeners.add(listener));
    void this.rooms();
    return () => listeners.delete(listener);
  }

  /** Keeps, for oneself alone, that all of an account was read. It may fail: then it stays unread. */
  async markRead(roomId: string): Promise<void> {
    const rooms = await this.rooms();
    await rooms.markRead(roomId);
  }

  async #start(): Promise<AccountRooms> {
    const [client, { AccountRooms }] = await Promise.all([this.#account.matrix(), import('./account-rooms.ts')]);
    const rooms = new AccountRooms(client, {
      onStanding: () => void this.#subscriptions.handles.reload(),
      onPosts: (roomId, change) => {
        for (const listener of this.#listeners.get(roomId) ?? []) listener(change);
      },
    });
    rooms.changes.subscribe(() => this.#news.update((count) => count + 1));
    await once(this.#account.connection, (connection) => connection !== 'connecting');
    this.#rooms.set(rooms);
    return rooms;
  }

  #stateNow(): FollowingState {
    const { state, value: handles } = this.#subscriptions.handles.get();
    if (handles === undefined) return { state: state === 'failed' ? 'failed' : 'loading', followed: [] };
    const rooms = this.#rooms.get();
    // While another tab is at work nothing arrives here by itself; what there is can be read all the same.
    if (rooms === undefined && this.#account.seat.get() !== 'elsewhere') return { state: 'loading', followed: [] };
    const accounts = handles.flatMap((handle) => this.#known.read(handle) ?? []);
    return { state: 'ready', followed: followedOf(accounts, (account) => this.#newsOf(rooms, account)) };
  }

  #newsOf(rooms: AccountRooms | undefined, { room_id: roomId, handle }: PublicAccount): RoomNews {
    const news = rooms?.news(roomId);
    if (news?.newest !== undefined) return news;
    if (!this.#older.has(handle)) void this.#lookFurther(handle);
    return { newest: this.#older.get(handle), isUnread: false };
  }

  /** The room's newest events may be no posts, or the room may not have come yet. */
  async #lookFurther(handle: string): Promise<void> {
    this.#older.set(handle, undefined);
    try {
      const { posts } = await this.#account.api.call(listPosts, { params: { handle }, query: { limit: '1' } });
      const [newest] = posts;
      if (newest === undefined) return;
      this.#older.set(handle, postOf(newest));
      this.#news.update((count) => count + 1);
    } catch {
      // A line of preview is missing, and nothing else; it is asked for again with the next look.
      this.#older.delete(handle);
    }
  }
}
