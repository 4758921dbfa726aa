import type { Membership } from '@byline/core/event/room-state.ts';
import { historyVisibilityOf, mayRead, type Standing } from '@byline/core/room/visibility.ts';
import type { RoomId, UserId } from '@byline/protocol';
import type { EventEntry, Position } from '../../platform/log/entry.ts';
import { membershipIn, type RoomGraph } from '../graph/service.ts';

/** Which events of a room one user may read, and what they were in it at the time. */
export interface Visibility {
  /** Whether they may read the event of a position. */
  readonly allows: (position: Position) => boolean;
  /** Whether they may know how the room stood right after a position. */
  readonly allowsStateAt: (position: Position) => boolean;
  readonly membershipAt: (position: Position) => Membership | undefined;
}

/** What public accounts say is for everyone, and nobody is a member. */
export const EVERYTHING: Visibility = {
  allows: () => true,
  allowsStateAt: () => true,
  membershipAt: () => undefined,
};

/** Reads how a conversation stood towards a user in the course of time. */
export const visibilityTo = async (graph: RoomGraph, roomId: RoomId, userId: UserId): Promise<Visibility> => {
  const [memberships, visibilities] = await Promise.all([
    graph.stateHistory(roomId, 'm.room.member', userId),
    graph.stateHistory(roomId, 'm.room.history_visibility', ''),
  ]);
  const membershipAt = (position: Position): Membership => membershipIn(lastAt(memberships, position));
  const standingAt = (position: Position): Standing => ({
    visibility: historyVisibilityOf(lastAt(visibilities, position)?.pdu.content),
    membership: membershipAt(position),
  });
  const membershipNow = membershipIn(memberships.at(-1));
  const lastJoin = memberships.findLast((entry) => membershipIn(entry) === 'join')?.position ?? -1;
  const since = (position: Position) => ({ membershipNow, joinedAfter: lastJoin > position });
  return {
    membershipAt,
    allows: (position) => mayRead(since(position), standingAt(position - 1), standingAt(position)),
    allowsStateAt: (position) => mayRead(since(position), standingAt(position)),
  };
};

/** The same, but nothing after a position: who was invited again may read on only when they have come. */
export const until = (last: Position, { allows, allowsStateAt, membershipAt }: Visibility): Visibility => ({
  allows: (position) => position <= last && allows(position),
  allowsStateAt: (position) => position <= last && allowsStateAt(position),
  membershipAt,
});

/** When somebody ceased to be in a room for the last time; `undefined` for who never was in it. */
export const leftAt = (memberships: readonly EventEntry[]): Position | undefined => {
  const lastJoin = memberships.findLastIndex((entry) => membershipIn(entry) === 'join');
  return lastJoin < 0 ? undefined : memberships[lastJoin + 1]?.position;
};

/** What stood at a position. */
const lastAt = (entries: readonly EventEntry[], position: Position): EventEntry | undefined =>
  entries.findLast((entry) => entry.position <= position);
