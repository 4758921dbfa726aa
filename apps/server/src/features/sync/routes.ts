import type { Call } from '@byline/protocol';
import { sync } from '@byline/protocol/matrix/sync.ts';
import type { Edge } from '../../platform/http/edge.ts';
import type { StateAfter } from './context.ts';
import type { SyncService } from './service.ts';

export const serveSync = (edge: Edge, service: SyncService): void => {
  edge.serveHeld(sync, ({ caller, query }, call) =>
    service.sync(call, {
      device: caller,
      since: query.since?.position,
      toDevice: query.since?.toDevice ?? 0,
      filter: query.filter,
      fullState: query.full_state === 'true',
      stateAfter: stateAfterOf(query),
      setPresence: query.set_presence,
      timeoutMs: query.timeout,
    }),
  );
};

const FIRST_NAME = 'org.matrix.msc4222.use_state_after';

/** A client is answered under the name by which it asks. */
const stateAfterOf = (query: Call<typeof sync>['query']): StateAfter | undefined => {
  if (query.use_state_after === 'true') return 'state_after';
  return query[FIRST_NAME] === 'true' ? 'org.matrix.msc4222.state_after' : undefined;
};
