import {
  banUser,
  forgetRoom,
  inviteUser,
  joinedRooms,
  joinRoom,
  joinRoomById,
  kickUser,
  knockRoom,
  leaveRoom,
  unbanUser,
} from '@byline/protocol/matrix/membership.ts';
import { DomainError } from '@byline/protocol';
import type { Edge } from '../../platform/http/edge.ts';
import type { Rooms } from './service.ts';

/** Coming into rooms and going out of them. */
export const serveMemberships = (edge: Edge, { memberships, forgotten, own }: Rooms): void => {
  edge.serve(joinRoom, async ({ caller, params, body }) => ({
    room_id: await memberships.join(caller.userId, params.roomIdOrAlias, body.reason),
  }));

  edge.serve(joinRoomById, async ({ caller, params, body }) => ({
    room_id: await memberships.join(caller.userId, params.roomId, body.reason),
  }));

  edge.serve(knockRoom, async ({ caller, params, body }) => ({
    room_id: await memberships.knock(caller.userId, params.roomIdOrAlias, body.reason),
  }));

  edge.serve(leaveRoom, async ({ caller, params, body }) => {
    await memberships.leave(caller.userId, params.roomId, body.reason);
    return {};
  });

  edge.serve(forgetRoom, async ({ caller, params }) => {
    await forgotten.forget(caller.userId, params.roomId);
    return {};
  });

  edge.serve(inviteUser, async ({ caller, params, body }) => {
    if (body.user_id === undefined) throw nobodyNamed(body.address);
    await memberships.invite(caller.userId, params.roomId, body.user_id, body.reason);
    return {};
  });

  edge.serve(kickUser, async ({ caller, params, body }) => {
    await memberships.kick(caller.userId, params.roomId, body.user_id, body.reason);
    return {};
  });

  edge.serve(banUser, async ({ caller, params, body }) => {
    await memberships.ban(caller.userId, params.roomId, body.user_id, body.reason);
    return {};
  });

  edge.serve(unbanUser, async ({ caller, params, body }) => {
    await memberships.unban(caller.userId, params.roomId, body.user_id, body.reason);
    return {};
  });

  edge.serve(joinedRooms, async ({ caller }) => ({ joined_rooms: [...(await own.joined(caller.userId))] }));
};

/** Whose address it is, an identity server would have to say, and there is none. */
const nobodyNamed = (address: string | undefined): DomainError =>
  address === undefined
    ? new DomainError('M_MISSING_PARAM', '"user_id" is missing.')
    : new DomainError('M_FORBIDDEN', 'People are invited by their user id here; nobody is known by an address.');
