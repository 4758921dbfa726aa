import { slidingSync } from '@byline/protocol/matrix/sliding-sync.ts';
import { deployedSlidingSync } from '@byline/protocol/matrix/sliding-sync-deployed.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { readDeployed } from './dialects/deployed.ts';
import { readMerged } from './dialects/merged.ts';
import type { SlidingSync } from './service.ts';

export const serveSlidingSync = (edge: Edge, service: SlidingSync): void => {
  edge.serveHeld(slidingSync, ({ caller, body }, call) => service.sync(call, readMerged(caller, body)));
  edge.serveHeld(deployedSlidingSync, ({ caller, query, body }, call) =>
    service.sync(call, readDeployed(caller, query, body)),
  );
};
