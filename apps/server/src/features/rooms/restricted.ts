import { mayInvite } from '@byline/core/event/power-levels.ts';
import { membershipOf } from '@byline/core/event/room-state.ts';
import { entryOf } from '@byline/core/json.ts';
import { type Json, type JsonObject, RoomId, type UserId } from '@byline/protocol';
import type { Room, RoomGraph } from '../graph/service.ts';

/**
 * Who lets a user into a restricted room, because they are in one of the rooms that its join rule names
 * (specification, client-server API: "Restricted rooms"). `undefined`: nobody, or nobody need.
 */
export const authoriserOf = async (graph: RoomGraph, room: Room, userId: UserId): Promise<UserId | undefined> => {
  if (['join', 'invite'].includes(membershipOf(userId, room))) return undefined;
  const allowed = roomsNamedBy(room.get('m.room.join_rules', '')?.content);
  if (allowed.length === 0) return undefined;
  const rooms = await graph.rooms(allowed);
  const isIn = [...rooms.values()].some((other) => other.joined.has(userId));
  return isIn ? [...room.joined].find((member) => mayInvite(member, room)) : undefined;
};

/** The rooms whose members a join rule lets in. */
export const roomsNamedBy = (rules: JsonObject | undefined): readonly RoomId[] => {
  const rule = rules?.['join_rule'];
  const allow = rules?.['allow'];
  if ((rule !== 'restricted' && rule !== 'knock_restricted') || !Array.isArray(allow)) return [];
  return allow.flatMap((condition: Json) => {
    const isOfRoom = entryOf(condition, 'type') === 'm.room_membership';
    const roomId = RoomId.safeParse(entryOf(condition, 'room_id'));
    return isOfRoom && roomId.success ? [roomId.data] : [];
  });
};
