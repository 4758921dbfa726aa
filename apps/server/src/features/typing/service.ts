import { DomainError, type RoomId, type UserId } from '@byline/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { Audience } from '../../platform/log/entry.ts';

/** What typing asks of rooms. */
export interface TypingRooms {
  /** As what a user hears a room; `undefined`: not at all. */
  audienceOf(userId: UserId, roomId: RoomId): Promise<Audience | undefined>;
}

type Listener = (roomId: RoomId) => void;

interface Change {
  readonly serial: number;
  readonly roomId: RoomId;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 120_000;
const CHANGES_KEPT = 10_000;
const NO_ROOMS: readonly RoomId[] = [];

/**
 * Who is typing where (specification, client-server API: "Typing Notifications"). In memory only: it is lost when the
 * process ends, and may be.
 */
export class Typing {
  readonly #clock: Clock;
  readonly #rooms: TypingRooms;
  readonly #listeners: Listener[] = [];
  /** When each user's typing ends if they say nothing more. */
  readonly #typing = new Map<RoomId, Map<UserId, number>>();
  /** The newest changes, oldest first. */
  #changes: Change[] = [];
  #serial = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;

  constructor(parts: { readonly clock: Clock; readonly rooms: TypingRooms }) {
    this.#clock = parts.clock;
    this.#rooms = parts.rooms;
  }

  /** Counts up with every change. */
  get serial(): number {
    return this.#serial;
  }

  /** The rooms in which something has changed after a serial. */
  changedSince(serial: number): readonly RoomId[] {
    if (serial >= this.#serial) return NO_ROOMS;
    const changed = new Set<RoomId>();
    for (let index = this.#changes.length - 1; index >= 0; index -= 1) {
      const change = this.#changes[index];
      if (change === undefined || change.serial <= serial) break;
      changed.add(change.roomId);
    }
    return [...changed];
  }

  /** Who is typing in a room. */
  typingIn(roomId: RoomId): readonly UserId[] {
    return [...(this.#typing.get(roomId)?.keys() ?? [])];
  }

  /** Has `listener` called whenever other people are typing in a room than before. It must not throw. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /**
   * Sets whether a user is typing, for so many milliseconds at most.
   *
   * @throws DomainError `M_FORBIDDEN` for another user than the caller, or outside the room.
   */
  async set(caller: UserId, roomId: RoomId, userId: UserId, timeoutMs: number | false = DEFAULT_TIMEOUT_MS) {
    if (caller !== userId) throw new DomainError('M_FORBIDDEN', 'You can tell only of yourself that you are typing.');
    const audience = await this.#rooms.audienceOf(userId, roomId);
    if (audience === undefined) throw new DomainError('M_FORBIDDEN', 'You are not in this room.');
    // Who follows a public account is seen by nobody.
    if (audience === 'subscribers') return;
    if (timeoutMs === false || timeoutMs <= 0) this.#end(roomId, [userId]);
    else this.#begin(roomId, userId, this.#clock.now() + Math.min(timeoutMs, LONGEST_TIMEOUT_MS));
  }

  /** Stops the timer. Nobody is told that anybody has stopped. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#typing.clear();
  }

  #begin(roomId: RoomId, userId: UserId, endsAt: number): void {
    const users = this.#typing.get(roomId) ?? new Map<UserId, number>();
    this.#typing.set(roomId, users);
    const isNew = !users.has(userId);
    users.set(userId, endsAt);
    this.#wakeAt(endsAt);
    if (isNew) this.#tell(roomId);
  }

  #end(roomId: RoomId, userIds: readonly UserId[]): void {
    const users = this.#typing.get(roomId);
    const ended = userIds.filter((userId) => users?.delete(userId));
    if (users?.size === 0) this.#typing.delete(roomId);
    if (ended.length > 0) this.#tell(roomId);
  }

  #tell(roomId: RoomId): void {
    this.#serial += 1;
    this.#changes.push({ serial: this.#serial, roomId });
    if (this.#changes.length > 2 * CHANGES_KEPT) this.#changes = this.#changes.slice(-CHANGES_KEPT);
    for (const listener of this.#listeners) listener(roomId);
  }

  /** One timer for all, set to the first end. */
  #wakeAt(time: number): void {
    if (time >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = time;
    this.#timer = setTimeout(() => this.#endOverdue(), time - this.#clock.now());
    this.#timer.unref();
  }

  #endOverdue(): void {
    this.#timerAt = Infinity;
    const now = this.#clock.now();
    let next = Infinity;
    for (const [roomId, users] of this.#typing) {
      const overdue = [...users].filter(([, endsAt]) => endsAt <= now).map(([userId]) => userId);
      next = Math.min(next, ...[...users.values()].filter((endsAt) => endsAt > now));
      this.#end(roomId, overdue);
    }
    if (next < Infinity) this.#wakeAt(next);
  }
}
