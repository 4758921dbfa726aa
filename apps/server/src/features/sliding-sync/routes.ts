import { slidingSync } from '@byline/protocol/matrix/sliding-sync.ts';
import { deployedSlidingSync } from '@byline/protocol/matrix/sliding-sync-deployed.ts';
import type { Edge } from '../../platform/http/edge.ts';
import { readDeployed } from './deployed-dialect.ts';
import { readMerged } from './merged-dialect.ts';
import type { SlidingSync } from './service.ts';

export const serveSlidingSync = (edge: Edge, service: SlidingSync): void => {
  edge.serve(slidingSync, ({ caller: device, body, onGone }) => service.sync(readMerged({ device, onGone }, body)));
  edge.serve(deployedSlidingSync, ({ caller: device, query, body, onGone }) =>
    service.sync(readDeployed({ device, onGone }, query, body)),
  );
};
