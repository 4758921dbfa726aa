import { roundedCount } from '@byline/core/account/rounded-count.ts';
import { sha256Base64Url } from '@byline/core/event/hash.ts';
import { type ClientEvent, DomainError, EventId, type RoomId, type UserId } from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Batch } from '../../platform/log/batch.ts';
import type { Position, SubscriptionEntry } from '../../platform/log/entry.ts';
import type { Log } from '../../platform/log/log.ts';
import { isVisibleTo } from './account.ts';
import type { Accounts } from './accounts.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import type { SubscriptionRow } from './tables.ts';

/** That somebody follows an account, or no longer does. */
export interface Subscription {
  readonly roomId: RoomId;
  readonly subscribed: boolean;
  readonly muted: boolean;
  /** When it last changed, in the log's order. */
  readonly position: Position;
}

interface SubscriptionsParts {
  readonly store: SubscriptionStore;
  readonly accounts: Accounts;
  readonly log: Log;
  readonly clock: Clock;
}

/** Who follows which account: a row each, and no event, so that a room does not grow with its audience. */
export class Subscriptions {
  readonly #store: SubscriptionStore;
  readonly #accounts: Accounts;
  readonly #log: Log;
  readonly #clock: Clock;
  /** How many follow each room. */
  readonly #counts: Map<RoomId, number>;

  private constructor({ store, accounts, log, clock }: SubscriptionsParts, counts: Map<RoomId, number>) {
    this.#store = store;
    this.#accounts = accounts;
    this.#log = log;
    this.#clock = clock;
    this.#counts = counts;
  }

  static async open(parts: SubscriptionsParts): Promise<Subscriptions> {
    return new Subscriptions(parts, await parts.store.counts());
  }

  /** Follows an account, or changes whether it is muted; absent: as it was. Throws `M_NOT_FOUND`. */
  async subscribe(userId: UserId, roomId: RoomId, muted?: boolean): Promise<void> {
    const account = this.#accounts.byRoom(roomId);
    if (account === undefined || !isVisibleTo(account, userId))
      throw new DomainError('M_NOT_FOUND', 'There is no such public account.');
    await this.#change(userId, roomId, (before) => ({
      subscribed: true,
      muted: muted ?? (before?.subscribed === 1 && before.muted === 1),
    }));
  }

  /** Follows an account no more. Who did not follow it is told nothing else. */
  async unsubscribe(userId: UserId, roomId: RoomId): Promise<void> {
    await this.#change(userId, roomId, () => ({ subscribed: false, muted: false }));
  }

  /** What somebody follows now. */
  async subscriptionsOf(userId: UserId): Promise<Subscription[]> {
    const rows = await this.#store.ofUser(userId);
    return rows.filter(({ subscribed }) => subscribed === 1).map(subscriptionOf);
  }

  /** What somebody began or ceased to follow, or muted, after a position. */
  async since(userId: UserId, position: Position): Promise<Subscription[]> {
    const rows = await this.#store.ofUser(userId);
    return rows.filter((row) => row.position > position).map(subscriptionOf);
  }

  /** How somebody follows one account; `undefined`: not at all. */
  async subscription(userId: UserId, roomId: RoomId): Promise<Subscription | undefined> {
    const row = await this.#store.find(userId, roomId);
    return row?.subscribed === 1 ? subscriptionOf(row) : undefined;
  }

  /** About how many follow an account: nobody can tell by it that somebody came or went. */
  subscriberCount(roomId: RoomId): number {
    return roundedCount(this.#counts.get(roomId) ?? 0);
  }

  /**
   * The membership that a subscriber alone is shown, so that any Matrix client sees a room which it is in.
   * It is no event of the room; `undefined` for who never followed the account.
   */
  async selfMember(userId: UserId, roomId: RoomId): Promise<ClientEvent | undefined> {
    const row = await this.#store.find(userId, roomId);
    if (row === undefined) return undefined;
    const membership = row.subscribed === 1 ? 'join' : 'leave';
    const hash = sha256Base64Url([roomId, userId, membership, row.changed_at].join('\n'));
    return {
      type: 'm.room.member',
      event_id: EventId.parse(`$${hash}`),
      room_id: roomId,
      sender: userId,
      state_key: userId,
      content: { membership },
      origin_server_ts: row.changed_at,
    };
  }

  async #change(userId: UserId, roomId: RoomId, decide: Decide): Promise<void> {
    const growth = await this.#log.append((batch) => this.#changeInside(batch, userId, roomId, decide));
    this.#counts.set(roomId, (this.#counts.get(roomId) ?? 0) + growth);
  }

  /** Resolves with by how many the audience grew. What stays as it is is not written. */
  async #changeInside(batch: Batch, userId: UserId, roomId: RoomId, decide: Decide): Promise<-1 | 0 | 1> {
    const before = await batch.atOnce((writer) => this.#store.find(userId, roomId, writer));
    const { subscribed, muted } = decide(before);
    const was = before?.subscribed === 1;
    if (was === subscribed && (before?.muted === 1) === muted) return 0;
    const { position } = batch.place<SubscriptionEntry>({ kind: 'subscription', userId, roomId, subscribed });
    await batch.atOnce((writer) =>
      this.#store.upsert(writer, {
        user_id: userId,
        room_id: roomId,
        subscribed: subscribed ? 1 : 0,
        muted: muted ? 1 : 0,
        position,
        // Muting is no change of membership, so the event that stands for it stays the same.
        changed_at: was === subscribed && before !== undefined ? before.changed_at : this.#clock.now(),
      }),
    );
    if (was === subscribed) return 0;
    return subscribed ? 1 : -1;
  }
}

type Decide = (before: SubscriptionRow | undefined) => { readonly subscribed: boolean; readonly muted: boolean };

const subscriptionOf = ({ room_id, subscribed, muted, position }: SubscriptionRow): Subscription => ({
  roomId: room_id,
  subscribed: subscribed === 1,
  muted: muted === 1,
  position,
});
