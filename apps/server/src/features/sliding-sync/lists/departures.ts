import type { RoomId } from '@byline/protocol';
import type { Position } from '../../../platform/log/entry.ts';
import { membershipIn, type RoomGraph } from '../../graph/service.ts';
import type { HistorySource, UserView } from '../../sync/service.ts';

interface Kept {
  /** When the user's standing to any room changed last, as far as is known here. */
  readonly changedAt: Position;
  readonly rooms: ReadonlySet<RoomId>;
}

/**
 * The rooms that others took users out of, of which they may not know. Who left by themselves knows it, and who never was
 * in a room has nothing to be told of it.
 */
export class Departures {
  readonly #conversations: RoomGraph;
  readonly #history: HistorySource;
  readonly #ofViews = new WeakMap<UserView, Kept>();

  constructor(conversations: RoomGraph, history: HistorySource) {
    this.#conversations = conversations;
    this.#history = history;
  }

  /** Those that the user has not forgotten. */
  async removedFrom(view: UserView): Promise<ReadonlySet<RoomId>> {
    const rooms = await this.#allRemovedFrom(view);
    if (rooms.size === 0) return rooms;
    const forgotten = await this.#history.forgottenBy(view.userId);
    return forgotten.size === 0 ? rooms : new Set([...rooms].filter((roomId) => !forgotten.has(roomId)));
  }

  async #allRemovedFrom(view: UserView): Promise<ReadonlySet<RoomId>> {
    const changedAt = view.standingChangedAt;
    const kept = this.#ofViews.get(view);
    if (kept?.changedAt === changedAt) return kept.rooms;
    const isInAll = [...view.conversations.values()].every(({ membership }) => !isGone(membership));
    const departures = isInAll ? [] : await this.#conversations.departuresOf(view.userId);
    const removed = departures.filter(({ pdu }) => pdu.sender !== view.userId).map(({ roomId }) => roomId);
    const wereIn = await Promise.all(removed.map((roomId) => this.#wasIn(view, roomId)));
    const rooms = new Set(removed.filter((_, index) => wereIn[index]));
    this.#ofViews.set(view, { changedAt, rooms });
    return rooms;
  }

  async #wasIn({ userId }: UserView, roomId: RoomId): Promise<boolean> {
    const memberships = await this.#conversations.stateHistory(roomId, 'm.room.member', userId);
    return memberships.some((entry) => membershipIn(entry) === 'join');
  }
}

const isGone = (membership: string): boolean => membership === 'leave' || membership === 'ban';
