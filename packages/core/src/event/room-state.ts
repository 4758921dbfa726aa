import type { Pdu, RoomVersion } from '@byline/protocol/event.ts';
import type { EventId, RoomId } from '@byline/protocol/ids.ts';

/** The present state of a room, as far as a decision asks for it. */
export interface RoomState {
  readonly version: RoomVersion;
  readonly get: (type: string, stateKey: string) => Pdu | undefined;
}

/** What an event is authorised against: the state before it, and the room that it claims to be in. */
export interface AuthState extends RoomState {
  /** Absent while the create event itself is authorised. */
  readonly createEventId?: EventId | undefined;
  /** Absent while the create event of a version 12 room is authorised. */
  readonly roomId?: RoomId | undefined;
}

export type Membership = 'invite' | 'join' | 'knock' | 'leave' | 'ban';

/** A user's membership; who never was in the room has left it. */
export const membershipOf = (user: string, state: RoomState): Membership => {
  const membership = state.get('m.room.member', user)?.content['membership'];
  return isMembership(membership) ? membership : 'leave';
};

export const isMembership = (value: unknown): value is Membership =>
  value === 'invite' || value === 'join' || value === 'knock' || value === 'leave' || value === 'ban';
