import type { JsonObject } from '@byline/protocol/json.ts';
import type { Membership } from '../event/room-state.ts';

export type HistoryVisibility = 'world_readable' | 'shared' | 'invited' | 'joined';

/** How the room stood towards a user at an event. */
export interface Standing {
  readonly visibility: HistoryVisibility;
  readonly membership: Membership;
}

/** What became of the user since. */
export interface Since {
  readonly membershipNow: Membership;
  /** Whether they joined at any time after the event. Need not be told of somebody who is in the room now. */
  readonly joinedAfter?: boolean;
}

/**
 * Whether a user may read an event (client-server API: "Room History Visibility", "Server behaviour").
 *
 * @param before the state before the event
 * @param after the state after it; it differs only for a change of the visibility itself and of the user's own membership,
 * which either of the two lets them see
 */
export const mayRead = (since: Since, before: Standing, after: Standing = before): boolean =>
  allows(before, since) || allows(after, since);

/** What a `m.room.history_visibility` says; a room that says nothing, or something unknown, is `shared`. */
export const historyVisibilityOf = (content: JsonObject | undefined): HistoryVisibility => {
  const visibility = content?.['history_visibility'];
  return visibility === 'world_readable' || visibility === 'invited' || visibility === 'joined' ? visibility : 'shared';
};

const allows = ({ visibility, membership }: Standing, { membershipNow, joinedAfter = false }: Since): boolean => {
  if (visibility === 'world_readable' || membership === 'join') return true;
  if (visibility === 'shared') return joinedAfter || membershipNow === 'join';
  return visibility === 'invited' && membership === 'invite';
};
