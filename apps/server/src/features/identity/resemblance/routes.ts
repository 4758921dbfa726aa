import { getLookAlikes } from '@byline/protocol/byline/resemblance.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Resemblance } from './resemblance.ts';

/** What looks like the account of a case. */
export const serveResemblance = (edge: Edge, resemblance: Resemblance): void => {
  edge.serve(getLookAlikes, ({ caller, params }) => resemblance.of(caller.userId, params.id));
};
