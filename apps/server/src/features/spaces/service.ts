import { membershipOf } from '@byline/core/event/room-state.ts';
import { childrenOfSpace, type SpaceChild } from '@byline/core/room/space.ts';
import { DomainError, type RoomId, type UserId } from '@byline/protocol';
import type { Preview, RoomPreviews } from '../rooms/service.ts';
import { type HierarchyToken, parseToken, tokenOf } from './token.ts';

export interface HierarchyWanted {
  /** How far to go down; 0 is the space alone. Absent: to its end. */
  readonly maxDepth?: number | undefined;
  readonly suggestedOnly: boolean;
  readonly limit: number;
  readonly from?: string | undefined;
}

/** A room of a space, and the rooms that it has itself. */
export interface SpaceRoom extends Preview {
  readonly children: readonly SpaceChild[];
}

export interface HierarchyPage {
  readonly rooms: readonly SpaceRoom[];
  readonly next: string | undefined;
}

/** What leads deeper, or to more rooms, is walked through no further: anyone can make a space that is made to cost. */
const DEEPEST = 20;
const MOST_ROOMS = 2_000;
const MOST_CHILDREN = 1_000;

/** Spaces: rooms that hold rooms (specification, client-server API: "Spaces"). */
export class Spaces {
  readonly #previews: RoomPreviews;

  constructor(parts: { readonly previews: RoomPreviews }) {
    this.#previews = parts.previews;
  }

  /**
   * The rooms of a space that the user may know of, the space first, each child before its own children, each room once.
   *
   * @throws DomainError `M_FORBIDDEN` for a space that they may not see, `M_INVALID_PARAM` for a token of another walk.
   */
  async hierarchy(userId: UserId, roomId: RoomId, wanted: HierarchyWanted): Promise<HierarchyPage> {
    const walk: HierarchyToken = { passed: 0, maxDepth: wanted.maxDepth, suggestedOnly: wanted.suggestedOnly };
    const passed = wanted.from === undefined ? 0 : parseToken(wanted.from, walk).passed;
    const root = await this.#previews.find(userId, roomId);
    if (root === undefined || isShutOut(userId, root)) throw mayNotSee();
    // What is walked through again is in memory by now.
    const rooms = await this.#walk(userId, root, wanted, passed + wanted.limit + 1);
    const end = passed + wanted.limit;
    return {
      rooms: rooms.slice(passed, end),
      next: rooms.length > end ? tokenOf({ ...walk, passed: end }) : undefined,
    };
  }

  /** Walks depth first until it has found so many rooms. */
  async #walk(userId: UserId, root: Preview, wanted: HierarchyWanted, most: number): Promise<readonly SpaceRoom[]> {
    const deepest = Math.min(wanted.maxDepth ?? DEEPEST, DEEPEST);
    const rooms: SpaceRoom[] = [];
    const seen = new Set<RoomId>([root.room.id]);
    const waiting: { readonly preview: Preview; readonly depth: number }[] = [{ preview: root, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { preview, depth } = next;
      const children = childrenOf(preview, wanted.suggestedOnly);
      rooms.push({ ...preview, children });
      if (rooms.length === Math.min(most, MOST_ROOMS)) break;
      if (depth === deepest) continue;
      const unseen = children.map((child) => child.roomId).filter((roomId) => !seen.has(roomId));
      const previews = await this.#previews.many(userId, unseen);
      const found = unseen.map((roomId) => previews.get(roomId)).filter((child) => child !== undefined);
      for (const { room } of found) seen.add(room.id);
      waiting.push(...found.map((child) => ({ preview: child, depth: depth + 1 })).toReversed());
    }
    return rooms;
  }
}

/** Only a space has children, whatever the state of another room says. */
const childrenOf = ({ room, summary }: Preview, suggestedOnly: boolean): readonly SpaceChild[] => {
  if (summary.type !== 'm.space') return [];
  const children = childrenOfSpace(room.ofType('m.space.child').map(({ pdu }) => pdu));
  return (suggestedOnly ? children.filter(({ isSuggested }) => isSuggested) : children).slice(0, MOST_CHILDREN);
};

const isShutOut = (userId: UserId, { room, summary }: Preview): boolean =>
  membershipOf(userId, room) === 'ban' && !summary.worldReadable;

/** The same for a space that is closed and for one that does not exist. */
const mayNotSee = (): DomainError => new DomainError('M_FORBIDDEN', 'You may not see this space.');
