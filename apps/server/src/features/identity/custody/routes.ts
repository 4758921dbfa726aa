import {
  confirmCustodians,
  getCustody,
  proposeCustodians,
  registerCustodianKey,
} from '@byline/protocol/byline/custody.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Custody } from './service.ts';

/** Who holds approved identities together, and how they are opened. */
export const serveCustody = (edge: Edge, { custodians }: Custody): void => {
  edge.serve(getCustody, ({ caller }) => custodians.overview(caller.userId));
  edge.serve(registerCustodianKey, ({ caller, body }) => custodians.register(caller.userId, body));
  edge.serve(proposeCustodians, ({ caller, body }) => custodians.propose(caller.userId, body.custodians));
  edge.serve(confirmCustodians, async ({ caller, params, body }) => ({
    holds: await custodians.confirm(caller.userId, params.number, body.signature),
  }));
};
