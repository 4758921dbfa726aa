import { z } from 'zod';
import { RoomAlias, RoomId } from '../ids.ts';
import { clientPaths, operation } from '../operation.ts';

/** What is no alias is refused by `M_INVALID_PARAM` (specification), not as a badly formed request. */
const params = z.object({ roomAlias: z.string() });

export const resolveAlias = operation({
  method: 'GET',
  paths: clientPaths('/directory/room/:roomAlias'),
  auth: 'none',
  limit: 'public',
  summary: 'Find the room of an alias',
  params,
  answer: z.object({ room_id: RoomId, servers: z.array(z.string()) }),
});

export const setAlias = operation({
  method: 'PUT',
  paths: clientPaths('/directory/room/:roomAlias'),
  auth: 'required',
  limit: 'write',
  summary: 'Give a room an alias',
  params,
  body: z.object({ room_id: RoomId }),
});

export const deleteAlias = operation({
  method: 'DELETE',
  paths: clientPaths('/directory/room/:roomAlias'),
  auth: 'required',
  limit: 'write',
  summary: 'Take an alias away',
  params,
});

export const aliasesOfRoom = operation({
  method: 'GET',
  paths: clientPaths('/rooms/:roomId/aliases'),
  auth: 'required',
  limit: 'read',
  summary: 'List the aliases of a room',
  params: z.object({ roomId: RoomId }),
  answer: z.object({ aliases: z.array(RoomAlias) }),
});
