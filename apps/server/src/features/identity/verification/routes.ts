import {
  beginVerification,
  finishVerification,
  getCaseVerification,
  getVerification,
  listVerificationWays,
  switchVerificationWay,
} from '@byline/protocol/byline/verification.ts';
import { listVouches, listVouchesForMe, makeVouch, withdrawVouch } from '@byline/protocol/byline/vouches.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Review } from '../review/review.ts';
import type { Verification } from './verification.ts';
import type { Vouches } from './vouches.ts';

interface Services {
  readonly verification: Verification;
  readonly vouches: Vouches;
  readonly review: Review;
}

/** How applicants show who they are, and who answers for them. */
export const serveVerification = (edge: Edge, { verification, vouches, review }: Services): void => {
  edge.serve(listVerificationWays, async () => ({ ways: await verification.ways() }));
  edge.serve(switchVerificationWay, async ({ caller, params, body }) => ({
    ways: await verification.switch(caller.userId, params.way, body.state === 'on'),
  }));

  edge.serve(beginVerification, ({ caller, params, body }) => verification.begin(caller.userId, params.id, body.way));
  edge.serve(finishVerification, async ({ caller, params, body }) => ({
    attestation: await verification.finish(caller.userId, params.id, body),
  }));
  edge.serve(getVerification, async ({ caller, params }) => ({
    attestation: await verification.of(caller.userId, params.id),
  }));
  edge.serve(getCaseVerification, async ({ caller, params }) =>
    verification.ofCase(await review.held(caller.userId, params.id)),
  );

  edge.serve(makeVouch, ({ caller, params, body }) => vouches.make(caller.userId, params.handle, body.for));
  edge.serve(listVouches, async ({ caller, params }) => ({
    vouches: await vouches.list(caller.userId, params.handle),
  }));
  edge.serve(withdrawVouch, ({ caller, params, body }) =>
    vouches.withdraw(caller.userId, params.handle, params.id, body.reason),
  );
  edge.serve(listVouchesForMe, async ({ caller }) => ({ vouches: await vouches.offeredTo(caller.userId) }));
};
