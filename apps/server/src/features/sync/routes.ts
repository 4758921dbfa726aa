import { sync } from '@byline/protocol/matrix/sync.ts';
import { Serialised } from '../../platform/http/answer.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { SyncService } from './service.ts';

export const serveSync = (edge: Edge, service: SyncService): void => {
  edge.serve(sync, async ({ caller, query, onGone }) => {
    const answer = await service.sync({
      device: caller,
      since: query.since,
      filter: query.filter,
      fullState: query.full_state === 'true',
      timeoutMs: query.timeout,
      onGone,
    });
    return new Serialised(answer);
  });
};
