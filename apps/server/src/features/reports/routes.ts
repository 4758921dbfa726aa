import { reportEvent, reportRoom, reportUser } from '@byline/protocol/matrix/report.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { Reports } from './service.ts';

/** Telling the provider of rooms, events and users. */
export const serveReports = (edge: Edge, reports: Reports): void => {
  edge.serve(reportRoom, async ({ caller, params, body }) => {
    await reports.room(caller.userId, params.roomId, body.reason);
    return {};
  });

  edge.serve(reportEvent, async ({ caller, params, body }) => {
    await reports.event(caller.userId, params.roomId, params.eventId, body.reason);
    return {};
  });

  edge.serve(reportUser, async ({ caller, params, body }) => {
    await reports.user(caller.userId, params.userId, body.reason);
    return {};
  });
};
