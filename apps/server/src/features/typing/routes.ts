import { setTyping } from '@byline/protocol/matrix/typing.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Typing } from './service.ts';

/** Serves typing notifications. */
export const serveTyping = (edge: Edge, typing: Typing): void => {
  edge.serve(setTyping, async ({ caller, params, body }) => {
    await typing.set(caller.userId, params.roomId, params.userId, body.typing ? body.timeout : false);
    return {};
  });
};
