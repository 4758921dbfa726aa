import {
  confirmCustodians,
  getCustody,
  proposeCustodians,
  registerCustodianKey,
} from '@byline/protocol/byline/custody.ts';
import {
  askOpening,
  closeOpening,
  describeOpening,
  fileOrder,
  handOverShares,
  joinOpening,
  listOpenings,
  listOrders,
  listOwnOpenings,
  readOpening,
  revokeOrder,
} from '@byline/protocol/byline/opening.ts';
import { dealRecord, listResealings, nextToDeal, startResealing } from '@byline/protocol/byline/resealing.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Custody } from './service.ts';

/** Who holds approved identities together, and how they are opened. */
export const serveCustody = (edge: Edge, services: Custody): void => {
  const { custodians } = services;
  edge.serve(getCustody, ({ caller }) => custodians.overview(caller.userId));
  edge.serve(registerCustodianKey, ({ caller, body }) => custodians.register(caller.userId, body));
  edge.serve(proposeCustodians, ({ caller, body }) => custodians.propose(caller.userId, body.custodians));
  edge.serve(confirmCustodians, async ({ caller, params, body }) => ({
    holds: await custodians.confirm(caller.userId, params.number, body.signature),
  }));
  serveOrders(edge, services);
  serveOpenings(edge, services);
  serveResealings(edge, services);
};

const serveOrders = (edge: Edge, { orders }: Custody): void => {
  edge.serve(fileOrder, ({ caller, body }) => orders.file(caller.userId, body));
  edge.serve(listOrders, async ({ caller }) => ({ orders: await orders.list(caller.userId) }));
  edge.serve(revokeOrder, async ({ caller, params }) => {
    await orders.revoke(caller.userId, params.id);
    return {};
  });
  edge.serve(describeOpening, async ({ caller, params }) => {
    const { application_id, version, set_number } = await orders.describe(caller.userId, params.id);
    return { application: application_id, version, set: set_number };
  });
};

const serveOpenings = (edge: Edge, { openings }: Custody): void => {
  edge.serve(askOpening, ({ caller, body }) => openings.ask(caller.userId, body.order, body.request, body.signature));
  edge.serve(listOpenings, async ({ caller }) => ({ openings: await openings.list(caller.userId) }));
  edge.serve(joinOpening, async ({ caller, params, body }) => ({
    shares: await openings.join(caller.userId, params.id, body.signature),
  }));
  edge.serve(handOverShares, async ({ caller, params, body }) => {
    await openings.handOver(caller.userId, params.id, body.shares);
    return {};
  });
  edge.serve(readOpening, async ({ caller, params }) => ({ fields: await openings.read(caller.userId, params.id) }));
  edge.serve(closeOpening, async ({ caller, params }) => {
    await openings.close(caller.userId, params.id);
    return {};
  });
  edge.serve(listOwnOpenings, async ({ caller }) => ({ openings: await openings.own(caller.userId) }));
};

const serveResealings = (edge: Edge, { resealings }: Custody): void => {
  edge.serve(startResealing, ({ caller, params, body }) => resealings.start(caller.userId, params.from, body.dealers));
  edge.serve(listResealings, async ({ caller }) => ({ resealings: await resealings.list(caller.userId) }));
  edge.serve(nextToDeal, ({ caller, params, query }) => resealings.next(caller.userId, params.from, query));
  edge.serve(dealRecord, async ({ caller, params, body }) => ({
    is_resealed: await resealings.deal(caller.userId, params.from, params.application, body),
  }));
};
