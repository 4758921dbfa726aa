import { z } from 'zod';
import { RoomId, UserId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';
import { RoomEvent } from './room-event.ts';
import { Token } from './token.ts';

const Membership = z.enum(['join', 'invite', 'knock', 'leave', 'ban']);

export const roomMembers = operation({
  method: 'GET',
  paths: clientPaths('/rooms/:roomId/members'),
  auth: 'required',
  limit: 'read',
  summary: 'List the memberships of a room, now or at a place in its history',
  params: z.object({ roomId: RoomId }),
  query: z.object({
    at: Token.optional(),
    membership: Membership.optional(),
    not_membership: Membership.optional(),
  }),
  answer: z.object({ chunk: z.array(RoomEvent) }),
});

export const joinedMembers = operation({
  method: 'GET',
  paths: clientPaths('/rooms/:roomId/joined_members'),
  auth: 'required',
  limit: 'read',
  summary: 'List who is in a room',
  params: z.object({ roomId: RoomId }),
  answer: z.object({
    joined: z.record(UserId, z.object({ display_name: z.string().optional(), avatar_url: z.string().optional() })),
  }),
});
