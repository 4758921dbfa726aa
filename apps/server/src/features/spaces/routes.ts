import { spaceHierarchy } from '@byline/protocol/matrix/spaces.ts';
import type { SpaceChild } from '@byline/core/room/space.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { summaryAnswer } from '../rooms/service.ts';
import type { Spaces } from './service.ts';

/** Walking through spaces. */
export const serveSpaces = (edge: Edge, spaces: Spaces): void => {
  edge.serve(spaceHierarchy, async ({ caller, params, query }) => {
    const { rooms, next } = await spaces.hierarchy(caller.userId, params.roomId, {
      maxDepth: query.max_depth,
      suggestedOnly: query.suggested_only,
      limit: query.limit,
      from: query.from,
    });
    return {
      rooms: rooms.map(({ summary, children }) => ({
        ...summaryAnswer(summary),
        children_state: children.map(childAnswer),
      })),
      next_batch: next,
    };
  });
};

const childAnswer = ({ roomId, pdu }: SpaceChild) => ({
  type: 'm.space.child' as const,
  state_key: roomId,
  sender: pdu.sender,
  content: pdu.content,
  origin_server_ts: pdu.origin_server_ts,
});
