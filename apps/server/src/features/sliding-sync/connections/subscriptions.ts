import type { RoomConfig } from '@byline/core/sliding-sync/required-state.ts';
import type { Known } from './connection.ts';
import type { SlidingRequest } from '../request.ts';

/** Of a client that names each room once: those that it may have at a time. */
const MOST_KEPT = 1_000;

/** The rooms that a client asks for by name now. */
export const subscriptionsOf = (
  { subscriptions: { rooms, ended } }: SlidingRequest,
  known: Known,
): ReadonlyMap<string, RoomConfig> => {
  if (ended === undefined || (known.subscriptions.size === 0 && ended.length === 0)) return rooms;
  if (rooms.size === 0 && ended.length === 0) return known.subscriptions;
  const kept = new Map([...known.subscriptions, ...rooms]);
  for (const roomId of ended) kept.delete(roomId);
  return kept.size <= MOST_KEPT ? kept : new Map([...kept].slice(-MOST_KEPT));
};
