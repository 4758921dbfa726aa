import { sync } from '@byline/protocol/matrix/sync.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { SyncService } from './service.ts';

export const serveSync = (edge: Edge, service: SyncService): void => {
  edge.serve(sync, ({ caller, query, onGone }) =>
    service.sync({
      device: caller,
      since: query.since,
      filter: query.filter,
      fullState: query.full_state === 'true',
      timeoutMs: query.timeout,
      onGone,
    }),
  );
};
