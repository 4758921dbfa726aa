import { answerQuestion, appealRefusal, correctRefusal } from '@byline/protocol/byline/after-review.ts';
import {
  askApplicant,
  claimCase,
  confirmCase,
  countReviewQueue,
  decideCase,
  getCase,
  getCaseEvidence,
  handOverCase,
  listReviewers,
  listReviewQueue,
  pauseCase,
  releaseCase,
  searchCases,
} from '@byline/protocol/byline/review.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { Applications } from '../applications.ts';
import type { Reviewing } from './service.ts';

/** Cases, as reviewers take, read and decide them, and what applicants say in them. */
export const serveReview = (edge: Edge, reviewing: Reviewing, applications: Applications): void => {
  serveQueue(edge, reviewing);
  serveCases(edge, reviewing);
  serveDecisions(edge, reviewing);
  serveApplicants(edge, reviewing, applications);
};

const serveQueue = (edge: Edge, { review }: Reviewing): void => {
  edge.serve(listReviewQueue, ({ caller, query }) => review.queue(caller.userId, query, query.limit));
  edge.serve(countReviewQueue, ({ caller }) => review.counts(caller.userId));
  edge.serve(searchCases, async ({ caller, query }) => ({ cases: await review.search(caller.userId, query.q) }));
  edge.serve(listReviewers, ({ caller }) => ({ reviewers: review.reviewers(caller.userId) }));
};

const serveCases = (edge: Edge, { review, questions }: Reviewing): void => {
  edge.serve(getCase, ({ caller, params }) => review.case(caller.userId, params.id));
  edge.serve(claimCase, ({ caller, params }) => review.claim(caller.userId, params.id));

  edge.serve(releaseCase, async ({ caller, params }) => {
    await review.release(caller.userId, params.id);
    return {};
  });

  edge.serve(pauseCase, async ({ caller, params, body }) => {
    await review.pause(caller.userId, params.id, body.note);
    return {};
  });

  edge.serve(handOverCase, async ({ caller, params, body }) => {
    await review.handOver(caller.userId, params.id, body.to, body.note);
    return {};
  });

  edge.serve(askApplicant, async ({ caller, params, body }) => {
    await questions.ask(caller.userId, params.id, body);
    return {};
  });

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

const serveDecisions = (edge: Edge, { decisions }: Reviewing): void => {
  edge.serve(decideCase, ({ caller, params, body }) => decisions.decide(caller.userId, params.id, body));

  edge.serve(confirmCase, async ({ caller, params, body: { verdict, reason, standing } }) => ({
    state:
      verdict === 'confirm'
        ? await decisions.confirm(caller.userId, params.id, standing)
        : await decisions.sendBack(caller.userId, params.id, reason),
  }));
};

const serveApplicants = (
  edge: Edge,
  { questions, afterRefusal }: Reviewing,
  applications: Pick<Applications, 'get'>,
): void => {
  edge.serve(answerQuestion, async ({ caller, params, body }) => {
    await questions.answer(caller.userId, params.id, body.sealed);
    return applications.get(caller.userId, params.id);
  });

  edge.serve(appealRefusal, async ({ caller, params, body }) => {
    await afterRefusal.appeal(caller.userId, params.id, body.reason);
    return applications.get(caller.userId, params.id);
  });

  edge.serve(correctRefusal, async ({ caller, params }) =>
    applications.get(caller.userId, await afterRefusal.correct(caller.userId, params.id)),
  );
};
