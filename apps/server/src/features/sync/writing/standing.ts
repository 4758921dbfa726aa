import type { Membership } from '@byline/core/event/room-state.ts';
import type { EventEntry, Position } from '../../../platform/log/entry.ts';
import { membershipIn, type Room, type RoomGraph } from '../../graph/service.ts';
import type { UserId } from '@byline/protocol';

/** What somebody was in a room in the course of time. */
export type Memberships = readonly EventEntry[];

export const membershipsIn = (graph: RoomGraph, room: Room, userId: UserId): Promise<Memberships> =>
  graph.stateHistory(room.id, 'm.room.member', userId);

export const membershipAt = (memberships: Memberships, position: Position): Membership =>
  membershipIn(memberships.findLast((entry) => entry.position <= position));

/** Whether somebody was in a room all the time from one position up to another. */
export const wasInThroughout = (memberships: Memberships, after: Position, upTo: Position): boolean =>
  membershipAt(memberships, after) === 'join' &&
  memberships.every((entry) => !isWithin(entry, after, upTo) || membershipIn(entry) === 'join');

/** Whether somebody came into a room after one position, and no later than another. */
export const cameIn = (memberships: Memberships, after: Position, upTo: Position): boolean =>
  memberships.some((entry) => isWithin(entry, after, upTo) && membershipIn(entry) === 'join');

/**
 * Up to when somebody who is in a room now, and was away, has heard what happened there, if they have heard everything up
 * to `since`; `undefined`: nothing at all. Who was invited again may have been told of that alone, and not of the leaving
 * before it; so then it is from the first leaving on that they may have missed something.
 */
export const heardUpTo = (memberships: Memberships, since: Position): Position | undefined => {
  if (membershipAt(memberships, since) === 'join') return since;
  const past = memberships.filter(({ position }) => position <= since);
  const isLeaving = (entry: EventEntry, index: number): boolean =>
    membershipIn(entry) !== 'join' && membershipIn(past[index - 1]) === 'join';
  const last = past.findLastIndex(isLeaving);
  const mayHaveMissed = past.slice(last).some((entry) => ['invite', 'knock'].includes(membershipIn(entry)));
  return (mayHaveMissed ? past.find(isLeaving) : past[last])?.position;
};

/** When somebody ceased to be in a room for the last time; `undefined` for who never was in it, or still is. */
export const leftAt = (memberships: Memberships): Position | undefined => {
  const lastJoin = memberships.findLastIndex((entry) => membershipIn(entry) === 'join');
  return lastJoin < 0 ? undefined : memberships[lastJoin + 1]?.position;
};

const isWithin = ({ position }: EventEntry, after: Position, upTo: Position): boolean =>
  position > after && position <= upTo;
