import { getPresence, setPresence } from '@byline/protocol/matrix/presence.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Presence } from './service.ts';

/** Serves who is there. */
export const servePresence = (edge: Edge, presence: Presence): void => {
  edge.serve(setPresence, ({ caller, params, body }) => {
    presence.set(caller, params.userId, body.presence, body.status_msg ?? undefined);
    return {};
  });

  edge.serve(getPresence, ({ caller, params }) => presence.get(caller.userId, params.userId));
};
