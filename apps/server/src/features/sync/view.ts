import type { DeviceId, RoomId, UserId } from '@byline/protocol';
import type { Position } from '../../platform/log/entry.ts';

/** How a user stands to a room, and since which position. */
export interface Standing {
  readonly membership: string;
  readonly position: Position;
}

/** What is kept in memory of a user who syncs: the rooms, and who waits. */
export class UserView {
  readonly userId: UserId;
  readonly #conversations = new Map<RoomId, Standing>();
  readonly #accounts = new Map<RoomId, Standing>();
  /** Up to where each device has been told who types. */
  readonly typingTold = new Map<DeviceId, number>();
  readonly #waiting = new Set<() => void>();
  /** The newest position at which the user's standing to any room changed. */
  standingChangedAt: Position = 0;
  usedAt: number;

  constructor(userId: UserId, usedAt: number) {
    this.userId = userId;
    this.usedAt = usedAt;
  }

  /** Conversations by membership, also those that the user has left. */
  get conversations(): ReadonlyMap<RoomId, Standing> {
    return this.#conversations;
  }

  /** Public accounts that the user follows, or once followed (`leave`). */
  get accounts(): ReadonlyMap<RoomId, Standing> {
    return this.#accounts;
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  standInConversation(roomId: RoomId, standing: Standing): void {
    this.#conversations.set(roomId, standing);
    this.standingChangedAt = Math.max(this.standingChangedAt, standing.position);
  }

  standToAccount(roomId: RoomId, standing: Standing): void {
    this.#accounts.set(roomId, standing);
    this.standingChangedAt = Math.max(this.standingChangedAt, standing.position);
  }

  /** Has `wake` called once, when there may be something new. Returns how to take that back. */
  wait(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  wake(): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Whether a room's events reach this user. */
  hears(roomId: RoomId): boolean {
    return (this.conversations.get(roomId) ?? this.accounts.get(roomId))?.membership === 'join';
  }

  /** The rooms whose events reach this user. */
  *heard(): Generator<RoomId> {
    for (const [roomId, { membership }] of this.conversations) if (membership === 'join') yield roomId;
    for (const [roomId, { membership }] of this.accounts) if (membership === 'join') yield roomId;
  }
}
