import { z } from 'zod';

/**
 * User ids, each with the rooms that are talk with this one person. The person's devices agree on it by the account data
 * `m.direct` (specification: "Direct messaging").
 */
export type DirectRooms = Readonly<Record<string, readonly string[]>>;

const Rooms = z.record(z.string(), z.array(z.string()).catch([]));

export const directRoomsOf = (content: unknown): DirectRooms => Rooms.catch({}).parse(content);

/** With whom a room is direct talk. */
export const partnerIn = (rooms: DirectRooms, roomId: string): string | undefined =>
  Object.entries(rooms).find(([, theirs]) => theirs.includes(roomId))?.[0];

/** The same, with a room told as direct talk with `userId`; the newest comes first. */
export function withDirectRoom(rooms: DirectRooms, userId: string, roomId: string): DirectRooms {
  const theirs = (rooms[userId] ?? []).filter((each) => each !== roomId);
  return { ...withoutDirectRoom(rooms, roomId), [userId]: [roomId, ...theirs] };
}

export function withoutDirectRoom(rooms: DirectRooms, roomId: string): DirectRooms {
  const left = Object.entries(rooms).map(
    ([userId, theirs]) => [userId, theirs.filter((each) => each !== roomId)] as const,
  );
  return Object.fromEntries(left.filter(([, theirs]) => theirs.length > 0));
}
