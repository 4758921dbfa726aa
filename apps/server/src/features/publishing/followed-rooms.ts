import { type ClientEvent, DomainError, EventId, type JsonObject, type RoomId, type UserId } from '@byline/protocol';
import type { Session } from '../../platform/http/session.ts';
import { isVisibleTo } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { Posts } from './posts.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** Public accounts as other features meet them: as rooms that one can follow, and in which only the account speaks. */
export class FollowedRooms {
  readonly #accounts: Accounts;
  readonly #posts: Posts;
  readonly #subscriptions: Subscriptions;

  constructor(parts: { readonly accounts: Accounts; readonly posts: Posts; readonly subscriptions: Subscriptions }) {
    this.#accounts = parts.accounts;
    this.#posts = parts.posts;
    this.#subscriptions = parts.subscriptions;
  }

  /** Whether a room is that of a public account. */
  async has(roomId: RoomId): Promise<boolean> {
    return this.#accounts.byRoom(roomId) !== undefined;
  }

  /** Whether somebody may know of it: anybody, once the account was verified; its operators before. */
  async isVisibleTo(roomId: RoomId, userId: UserId | undefined): Promise<boolean> {
    const account = this.#accounts.byRoom(roomId);
    return account !== undefined && isVisibleTo(account, userId);
  }

  /** The room of an account that was verified, by the localpart of its alias, which is its handle. */
  async byHandle(handle: string): Promise<RoomId | undefined> {
    const account = this.#accounts.byHandle(handle);
    return account !== undefined && isVisibleTo(account, undefined) ? account.roomId : undefined;
  }

  /** What joining means here. Throws `M_NOT_FOUND`. */
  async subscribe(userId: UserId, roomId: RoomId): Promise<void> {
    return this.#subscriptions.subscribe(userId, roomId);
  }

  /** What leaving means here. */
  async unsubscribe(userId: UserId, roomId: RoomId): Promise<void> {
    return this.#subscriptions.unsubscribe(userId, roomId);
  }

  async subscriptionsOf(userId: UserId): Promise<Subscription[]> {
    return this.#subscriptions.subscriptionsOf(userId);
  }

  /** What somebody follows, and what they have ceased to follow. */
  async standingsOf(userId: UserId): Promise<Subscription[]> {
    return this.#subscriptions.since(userId, 0);
  }

  /** See `Subscriptions.selfMember`. */
  async selfMember(userId: UserId, roomId: RoomId): Promise<ClientEvent | undefined> {
    return this.#subscriptions.selfMember(userId, roomId);
  }

  /**
   * A plain Matrix send into the room: by an operator, it is the account that speaks.
   *
   * @throws DomainError `M_FORBIDDEN`, `BYLINE_NOT_QUALIFIED`, `BYLINE_IDENTITY_REQUIRED`, `M_BAD_JSON`, `M_NOT_FOUND`
   */
  async send(
    session: Session,
    roomId: RoomId,
    type: string,
    content: JsonObject,
    transactionId: string,
  ): Promise<EventId> {
    if (type === 'm.room.message') return this.#posts.publish(session, roomId, content, transactionId);
    const redacted = type === 'm.room.redaction' ? EventId.safeParse(content['redacts']).data : undefined;
    if (redacted !== undefined) return this.#posts.redact(session, roomId, redacted, { transactionId });
    this.#posts.requirePublisher(session.userId, roomId);
    throw new DomainError('M_FORBIDDEN', 'A public account publishes messages, and nothing else.');
  }

  /** A plain Matrix redaction in the room. Throws `M_FORBIDDEN`, `M_NOT_FOUND`. */
  async redact(
    session: Session,
    roomId: RoomId,
    eventId: EventId,
    reason: string | undefined,
    transactionId: string,
  ): Promise<EventId> {
    return this.#posts.redact(session, roomId, eventId, { reason, transactionId });
  }
}
