import { aliasesOfRoom, deleteAlias, resolveAlias, setAlias } from '@byline/protocol/matrix/aliases.ts';
import {
  listPublicRooms,
  pageToken,
  roomVisibility,
  searchPublicRooms,
  setRoomVisibility,
} from '@byline/protocol/matrix/room-directory.ts';
import { roomSummary } from '@byline/protocol/matrix/room-summary.ts';
import { DomainError, RoomAlias } from '@byline/protocol';
import type { Edge } from '../../platform/http/edge.ts';
import type { DirectoryPage } from './directory.ts';
import type { Rooms } from './service.ts';
import { publishedAnswer, summaryAnswer } from './summary-answer.ts';

/** Finding rooms: aliases and the public directory. */
export const serveDirectory = (edge: Edge, { aliases, directory, serverName }: Rooms): void => {
  edge.serve(resolveAlias, async ({ params }) => ({
    room_id: await aliases.resolve(aliasOf(params.roomAlias)),
    servers: [serverName],
  }));

  edge.serve(setAlias, async ({ caller, params, body }) => {
    await aliases.set(caller.userId, aliasOf(params.roomAlias), body.room_id);
    return {};
  });

  edge.serve(deleteAlias, async ({ caller, params }) => {
    await aliases.delete(caller.userId, aliasOf(params.roomAlias));
    return {};
  });

  edge.serve(aliasesOfRoom, async ({ caller, params }) => ({
    aliases: [...(await aliases.ofRoom(caller.userId, params.roomId))],
  }));

  edge.serve(listPublicRooms, async ({ query }) => {
    requireOurs(query.server, serverName);
    return pageAnswer(await directory.list(query));
  });

  edge.serve(searchPublicRooms, async ({ query, body }) => {
    requireOurs(query.server, serverName);
    const { filter, limit, since } = body;
    const term = filter.generic_search_term ?? undefined;
    return pageAnswer(await directory.list({ limit, since, term, types: filter.room_types ?? undefined }));
  });

  edge.serve(roomVisibility, async ({ caller, params }) => {
    const isPublished = await directory.isPublished(caller?.userId, params.roomId);
    return { visibility: isPublished ? ('public' as const) : ('private' as const) };
  });

  edge.serve(setRoomVisibility, async ({ caller, params, body }) => {
    await directory.publish(caller.userId, params.roomId, body.visibility === 'public');
    return {};
  });

  edge.serve(roomSummary, async ({ caller, params }) => {
    const { room, membership } = await directory.summary(caller?.userId, params.roomIdOrAlias);
    return { ...summaryAnswer(room), membership };
  });
};

const aliasOf = (text: string): RoomAlias => {
  const parsed = RoomAlias.safeParse(text);
  if (!parsed.success) throw new DomainError('M_INVALID_PARAM', `“${text}” is not a room alias.`);
  return parsed.data;
};

const requireOurs = (wanted: string | undefined, serverName: string): void => {
  if (wanted === undefined || wanted === serverName) return;
  throw new DomainError('M_NOT_FOUND', 'This server knows the rooms of no other.');
};

const pageAnswer = ({ rooms, next, previous, total }: DirectoryPage) => ({
  chunk: rooms.map(publishedAnswer),
  next_batch: next === undefined ? undefined : pageToken(next),
  prev_batch: previous === undefined ? undefined : pageToken(previous),
  total_room_count_estimate: total,
});
