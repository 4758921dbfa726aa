import { z } from 'zod';
import { RoomAlias, RoomId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

const params = z.object({ roomId: RoomId });
const roomIdOrAlias = z.object({ roomIdOrAlias: z.union([RoomId, RoomAlias], { error: 'not a room id or alias' }) });
const reason = z.string().optional();
const OnOneself = z.object({ reason });
const OnSomebody = z.object({ user_id: UserId, reason });
const RoomOfAnswer = z.object({ room_id: RoomId });

const shared = { method: 'POST', auth: 'required', limit: 'write' } as const;

export const joinRoom = operation({
  ...shared,
  paths: clientPaths('/join/:roomIdOrAlias'),
  summary: 'Join a room by its id or alias',
  params: roomIdOrAlias,
  body: OnOneself,
  answer: RoomOfAnswer,
});

export const joinRoomById = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/join'),
  summary: 'Join a room by its id',
  params,
  body: OnOneself,
  answer: RoomOfAnswer,
});

export const knockRoom = operation({
  ...shared,
  paths: clientPaths('/knock/:roomIdOrAlias', ['v3']),
  summary: 'Ask to be let into a room',
  params: roomIdOrAlias,
  body: OnOneself,
  answer: RoomOfAnswer,
});

export const leaveRoom = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/leave'),
  summary: 'Leave a room, refuse an invitation or take back a knock',
  params,
  body: OnOneself,
});

export const forgetRoom = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/forget'),
  summary: 'Hear no more of a room that one has left',
  params,
});

export const inviteUser = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/invite'),
  summary: 'Invite somebody to a room',
  params,
  /** By an address instead of a user id, which needs an identity server (specification: "Third-party invites"). */
  body: OnSomebody.partial().extend({ address: z.string().optional() }),
});

export const kickUser = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/kick'),
  summary: 'Remove somebody from a room',
  params,
  body: OnSomebody,
});

export const banUser = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/ban'),
  summary: 'Keep somebody out of a room',
  params,
  body: OnSomebody,
});

export const unbanUser = operation({
  ...shared,
  paths: clientPaths('/rooms/:roomId/unban'),
  summary: 'Lift a ban',
  params,
  body: OnSomebody,
});

export const joinedRooms = operation({
  method: 'GET',
  paths: clientPaths('/joined_rooms'),
  auth: 'required',
  limit: 'read',
  summary: 'List the rooms that one is in',
  answer: z.object({ joined_rooms: z.array(RoomId) }),
});
