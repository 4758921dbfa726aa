import { blocksInvitations, INVITE_PERMISSION } from '@byline/core/account/invite-permission.ts';
import { IGNORED_USER_LIST, ignoredIn } from '@byline/core/account/ignored-users.ts';
import type { RoomId, UserId } from '@byline/protocol';
import type { Clock } from '../../../platform/clock.ts';
import type { EventEntry, LogEntry } from '../../../platform/log/entry.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Tail } from '../../../platform/log/tail.ts';
import { membershipIn, type RoomGraph } from '../../graph/service.ts';
import { Recency } from './recency.ts';
import type { IgnoredSource, InvitationSource, SubscriptionSource } from '../sources.ts';
import { UserView } from './view.ts';

/** How long a view is kept after its user was last heard of. */
const VIEW_KEPT_MS = 5 * 60_000;

/**
 * Who hears what: the views of all users who sync, found by user and by room. It follows the log, keeps the views true,
 * and wakes those whom an entry concerns. A user who does not sync costs nothing.
 */
export class Audience {
  readonly #conversations: RoomGraph;
  readonly #accountRooms: RoomGraph;
  readonly #subscriptions: SubscriptionSource;
  readonly #ignored: IgnoredSource;
  readonly #invitations: InvitationSource;
  readonly #log: Log;
  readonly #tail: Tail;
  readonly #clock: Clock;
  readonly #views = new Map<UserId, UserView>();
  readonly #loading = new Map<UserId, Promise<UserView>>();
  readonly #ranking = new Map<UserView, Promise<Recency>>();
  readonly #rooms = new Map<RoomId, Set<UserView>>();

  constructor(parts: {
    readonly conversations: RoomGraph;
    readonly accountRooms: RoomGraph;
    readonly subscriptions: SubscriptionSource;
    readonly ignored: IgnoredSource;
    readonly invitations: InvitationSource;
    readonly log: Log;
    readonly tail: Tail;
    readonly clock: Clock;
  }) {
    this.#conversations = parts.conversations;
    this.#accountRooms = parts.accountRooms;
    this.#subscriptions = parts.subscriptions;
    this.#ignored = parts.ignored;
    this.#invitations = parts.invitations;
    this.#log = parts.log;
    this.#tail = parts.tail;
    this.#clock = parts.clock;
    parts.log.follow((entries) => this.#follow(entries));
  }

  /** A user's view, if it is in memory. */
  known(userId: UserId): UserView | undefined {
    const view = this.#views.get(userId);
    if (view !== undefined) view.usedAt = this.#clock.now();
    return view;
  }

  /** A user's view, as it is at the log's position. */
  async view(userId: UserId): Promise<UserView> {
    const known = this.#views.get(userId) ?? (await (this.#loading.get(userId) ?? this.#startLoading(userId)));
    known.usedAt = this.#clock.now();
    return known;
  }

  /** The user's rooms by recency. It follows the log for as long as the view is in memory. */
  async recency(view: UserView): Promise<Recency> {
    if (view.recency !== undefined) return view.recency;
    const ranking = this.#ranking.get(view) ?? this.#rank(view).finally(() => this.#ranking.delete(view));
    this.#ranking.set(view, ranking);
    return ranking;
  }

  /**
   * Everybody in memory who is in a conversation with a user, as far as that user is in memory; and the user. Rooms with more
   * members than `largest` are passed over: people there are not acquainted by that.
   */
  *sharing(userId: UserId, largest: number): Generator<UserView> {
    const view = this.#views.get(userId);
    if (view === undefined) return;
    const shown = new Set<UserView>([view]);
    for (const [roomId, { membership }] of view.conversations) {
      const members = this.#conversations.peek(roomId)?.joined.size ?? this.#rooms.get(roomId)?.size ?? 0;
      if (membership !== 'join' || members > largest) continue;
      for (const other of this.#rooms.get(roomId) ?? []) shown.add(other);
    }
    yield* shown;
  }

  /** Wakes everybody in a room. */
  wakeRoom(roomId: RoomId): void {
    for (const view of this.#rooms.get(roomId) ?? []) view.wake();
  }

  /** Answers everybody who waits. */
  endPolls(): void {
    for (const view of this.#views.values()) view.endPolls();
  }

  /** Lets go of the views of users who have not been heard of for a while. */
  forgetIdle(): void {
    const oldest = this.#clock.now() - VIEW_KEPT_MS;
    for (const view of this.#views.values()) if (!view.isWaiting && view.usedAt < oldest) this.#forget(view);
  }

  #startLoading(userId: UserId): Promise<UserView> {
    const loading = this.#load(userId).finally(() => this.#loading.delete(userId));
    this.#loading.set(userId, loading);
    return loading;
  }

  async #load(userId: UserId): Promise<UserView> {
    const since = this.#log.position;
    const view = new UserView(userId, this.#clock.now());
    for (const { roomId, membership, position } of await this.#conversations.membershipsOf(userId)) {
      view.standInConversation(roomId, { membership, position });
    }
    for (const { roomId, subscribed, position } of await this.#subscriptions.standingsOf(userId)) {
      view.standToAccount(roomId, { membership: subscribed ? 'join' : 'leave', position });
    }
    view.ignore(await this.#ignored.ignoredBy(userId));
    view.blocksInvitations = await this.#invitations.areBlockedBy(userId);
    // What was committed while this was read may be missing in it.
    for (const entry of this.#tail.after(since) ?? []) keepTrue(view, entry);
    for (const roomId of view.heard()) this.#hear(view, roomId);
    this.#views.set(userId, view);
    return view;
  }

  async #rank(view: UserView): Promise<Recency> {
    const since = this.#log.position;
    const heard = [...view.heard()];
    const positions = new Map([
      ...(await this.#conversations.newestPositions(heard)),
      ...(await this.#accountRooms.newestPositions(heard)),
    ]);
    for (const standings of [view.conversations, view.accounts]) {
      for (const [roomId, { membership, position }] of standings) {
        const newest = membership === 'join' ? (positions.get(roomId) ?? 0) : 0;
        positions.set(roomId, Math.max(newest, position));
      }
    }
    // What was committed while this was read may be missing in it.
    for (const entry of this.#tail.after(since) ?? []) {
      if (entry.kind === 'event' && view.hears(entry.roomId)) positions.set(entry.roomId, entry.position);
    }
    view.recency = new Recency(positions);
    return view.recency;
  }

  #follow(entries: readonly LogEntry[]): void {
    const woken = new Set<UserView>();
    for (const entry of entries) {
      const concerned = subjectOf(entry);
      const subject = concerned === undefined ? undefined : this.#views.get(concerned);
      if (subject !== undefined) {
        this.#update(subject, entry);
        woken.add(subject);
      }
      for (const roomId of roomsReached(entry)) {
        for (const view of this.#rooms.get(roomId) ?? []) {
          if (entry.kind === 'event') view.recency?.bump(roomId, entry.position);
          woken.add(view);
        }
      }
    }
    wakeInTurns(woken.values(), 1);
  }

  #update(view: UserView, entry: LogEntry): void {
    if (!keepTrue(view, entry) || (entry.kind !== 'event' && entry.kind !== 'subscription')) return;
    const { roomId } = entry;
    const standing = view.conversations.get(roomId) ?? view.accounts.get(roomId);
    if (standing?.membership === 'join') this.#hear(view, roomId);
    else this.#rooms.get(roomId)?.delete(view);
  }

  #hear(view: UserView, roomId: RoomId): void {
    const views = this.#rooms.get(roomId);
    if (views === undefined) this.#rooms.set(roomId, new Set([view]));
    else views.add(view);
  }

  #forget(view: UserView): void {
    this.#views.delete(view.userId);
    for (const roomId of view.heard()) {
      const views = this.#rooms.get(roomId);
      views?.delete(view);
      if (views?.size === 0) this.#rooms.delete(roomId);
    }
  }
}

const WOKEN_AT_ONCE = 1000;

/**
 * Wakes many a few at a time: each few are answered before the next are woken, and other requests get their turn between.
 * The first is alone, so that what it makes for all is there for the others.
 */
const wakeInTurns = (views: Iterator<UserView>, atOnce: number): void => {
  for (let count = 0; count < atOnce; count += 1) {
    const { done, value } = views.next();
    if (done === true) return;
    value.wake();
  }
  setImmediate(() => wakeInTurns(views, WOKEN_AT_ONCE));
};

/** The one user whom an entry concerns whatever rooms they are in. */
const subjectOf = (entry: LogEntry): UserId | undefined => {
  if (entry.kind === 'device-list') return entry.seenBy ?? entry.userId;
  if (entry.kind !== 'event') return entry.userId;
  return memberOf(entry);
};

const memberOf = (entry: EventEntry): UserId | undefined =>
  entry.pdu.type === 'm.room.member' ? (entry.pdu.state_key as UserId | undefined) : undefined;

/** The rooms in which everybody is told. What subscribers read is nobody else's business. */
const roomsReached = (entry: LogEntry): readonly RoomId[] => {
  if (entry.kind === 'event' || (entry.kind === 'receipt' && entry.receipt.type === 'm.read')) return [entry.roomId];
  return entry.kind === 'device-list' ? entry.roomIds : NO_ROOMS;
};

const NO_ROOMS: readonly RoomId[] = [];

/** Brings a view up to an entry; says whether the user's standing in a room has changed. */
const keepTrue = (view: UserView, entry: LogEntry): boolean => {
  const { position } = entry;
  if (entry.kind === 'account-data' && entry.roomId === null && entry.type === IGNORED_USER_LIST) {
    if (entry.userId === view.userId) view.ignore(ignoredIn(entry.content, view.userId));
    return false;
  }
  if (entry.kind === 'account-data' && entry.roomId === null && entry.type === INVITE_PERMISSION) {
    if (entry.userId === view.userId) view.blocksInvitations = blocksInvitations(entry.content);
    return false;
  }
  if (entry.kind === 'subscription' && entry.userId === view.userId) {
    view.standToAccount(entry.roomId, { membership: entry.subscribed ? 'join' : 'leave', position });
    return true;
  }
  if (entry.kind !== 'event' || entry.audience !== 'members' || memberOf(entry) !== view.userId) return false;
  view.standInConversation(entry.roomId, { membership: membershipIn(entry), position });
  return true;
};
