import type { DeviceId, RoomId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import { DeviceView } from './device-view.ts';
import type { Recency } from './recency.ts';

/** How a user stands to a room, and since which position. */
export interface Standing {
  readonly membership: string;
  readonly position: Position;
}

/** Somebody who waits for news. */
export interface Waiting {
  /** There may be some. */
  wake(): void;
  /** There is no more waiting. */
  end(): void;
}

/** What is kept in memory of a user who syncs: the rooms, and who waits. */
export class UserView {
  readonly userId: UserId;
  readonly #conversations = new Map<RoomId, Standing>();
  readonly #accounts = new Map<RoomId, Standing>();
  readonly #devices = new Map<DeviceId, DeviceView>();
  #presenceChanged: Map<UserId, number> | undefined;
  readonly #polls = new Set<Waiting>();
  #ignored: ReadonlySet<UserId> = NOBODY;
  /** Whether the user takes no invitations at all (specification: "Invite permission"). */
  blocksInvitations = false;
  #hides: ((entry: EventEntry) => boolean) | undefined;
  /** The newest position at which the user's standing to any room changed. */
  standingChangedAt: Position = 0;
  /** Its rooms by recency; `undefined` until somebody asks for it. */
  recency: Recency | undefined;
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

  /** Of whom the user wants to hear nothing. */
  get ignored(): ReadonlySet<UserId> {
    return this.#ignored;
  }

  ignore(users: ReadonlySet<UserId>): void {
    this.#ignored = users;
    this.#hides = users.size === 0 ? undefined : ({ pdu }) => pdu.state_key === undefined && users.has(pdu.sender);
  }

  /** Whether an invitation by somebody is not told. */
  keepsOut(inviter: UserId): boolean {
    return this.blocksInvitations || this.#ignored.has(inviter);
  }

  /** Which events are hidden from the user (specification: "Ignoring Users"); `undefined`: none. */
  get hides(): ((entry: EventEntry) => boolean) | undefined {
    return this.#hides;
  }

  /** What one device has been told. */
  device(deviceId: DeviceId): DeviceView {
    const known = this.#devices.get(deviceId);
    if (known !== undefined) return known;
    const made = new DeviceView();
    this.#devices.set(deviceId, made);
    return made;
  }

  /** Of whom there is something else to say than before, by the number of the change; `undefined`: of nobody yet. */
  get presenceChanged(): ReadonlyMap<UserId, number> | undefined {
    return this.#presenceChanged;
  }

  /** There is something else to say of somebody. */
  notePresence(userId: UserId, change: number): void {
    // Of most who only follow accounts there never is, and each map that is not there is memory saved.
    this.#presenceChanged ??= new Map();
    this.#presenceChanged.set(userId, change);
  }

  get isWaiting(): boolean {
    return this.#polls.size > 0;
  }

  standInConversation(roomId: RoomId, standing: Standing): void {
    this.#conversations.set(roomId, standing);
    this.recency?.bump(roomId, standing.position);
    this.standingChangedAt = Math.max(this.standingChangedAt, standing.position);
  }

  standToAccount(roomId: RoomId, standing: Standing): void {
    this.#accounts.set(roomId, standing);
    this.recency?.bump(roomId, standing.position);
    this.standingChangedAt = Math.max(this.standingChangedAt, standing.position);
  }

  /** Has it woken whenever there may be something new. */
  addPoll(poll: Waiting): void {
    this.#polls.add(poll);
  }

  removePoll(poll: Waiting): void {
    this.#polls.delete(poll);
  }

  wake(): void {
    for (const poll of this.#polls) poll.wake();
  }

  endPolls(): void {
    for (const poll of this.#polls) poll.end();
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

const NOBODY: ReadonlySet<UserId> = new Set();
