import {
  claimCase,
  decideCase,
  getCase,
  getCaseEvidence,
  listReviewQueue,
  releaseCase,
} from '@byline/protocol/byline/review.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Review } from './review.ts';

/** Cases, as reviewers take, read and decide them. */
export const serveReview = (edge: Edge, review: Review): void => {
  edge.serve(listReviewQueue, ({ caller, query }) => review.queue(caller.userId, query.from, query.limit));
  edge.serve(getCase, ({ caller, params }) => review.case(caller.userId, params.id));
  edge.serve(claimCase, ({ caller, params }) => review.claim(caller.userId, params.id));

  edge.serve(releaseCase, async ({ caller, params }) => {
    await review.release(caller.userId, params.id);
    return {};
  });

  edge.serve(decideCase, async ({ caller, params, body }) => ({
    state: await review.decide(caller.userId, params.id, body),
  }));

  edge.serveStream(getCaseEvidence, async ({ caller, params }, { method }, reply) => {
    const { size, content } = await review.openEvidence(caller.userId, params.id, params.evidenceId);
    reply
      .type('application/octet-stream')
      .header('content-length', size)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff');
    if (method !== 'HEAD') return reply.send(content);
    content.destroy();
    return reply.send();
  });
};
