import { DomainError } from '@byline/protocol';
import { checkHandle } from '@byline/protocol/byline/accounts.ts';
import {
  createApplication,
  deleteEvidence,
  getApplication,
  listApplications,
  saveApplication,
  submitApplication,
  uploadEvidence,
  withdrawApplication,
} from '@byline/protocol/byline/applications.ts';
import { getReviewersKey, registerReviewersKey } from '@byline/protocol/byline/reviewers-key.ts';
import { getIdentityStanding } from '@byline/protocol/byline/standing.ts';
import type { IncomingMessage } from 'node:http';
import type { Edge } from '../../platform/http/edge.ts';
import { serveCustody } from './custody/routes.ts';
import { serveResemblance } from './resemblance/routes.ts';
import { serveReview } from './review/routes.ts';
import type { Identity } from './service.ts';
import { serveSubjects } from './subjects/routes.ts';
import { serveVerification } from './verification/routes.ts';

/** Who is behind a public account: applying, being reviewed, and what follows from it. */
export const serveIdentity = (edge: Edge, services: Identity): void => {
  const { reviewersKeys, standing } = services;
  edge.serve(getReviewersKey, ({ caller }) => reviewersKeys.keyFor('identity', caller.userId));
  edge.serve(registerReviewersKey, ({ caller, body }) =>
    reviewersKeys.register(caller.userId, body.public_key, body.kid),
  );
  edge.serve(getIdentityStanding, ({ caller }) => standing.of(caller.userId));
  serveApplications(edge, services);
  serveResemblance(edge, services.resemblance);
  serveReview(edge, services.reviewing, services.applications);
  serveSubjects(edge, services.subjects);
  serveCustody(edge, services.custody);
  serveVerification(edge, { ...services, review: services.reviewing.review });
};

const serveApplications = (edge: Edge, { applications, evidence }: Identity): void => {
  edge.serve(createApplication, ({ caller, body }) => applications.create(caller.userId, body.purpose, body.public));
  edge.serve(listApplications, async ({ caller }) => ({ applications: await applications.list(caller.userId) }));
  edge.serve(getApplication, ({ caller, params }) => applications.get(caller.userId, params.id));
  edge.serve(saveApplication, ({ caller, params, body }) => applications.save(caller.userId, params.id, body));
  edge.serve(submitApplication, ({ caller, params }) => applications.submit(caller.userId, params.id));
  edge.serve(withdrawApplication, ({ caller, params }) => applications.withdraw(caller.userId, params.id));

  edge.serveStream(uploadEvidence, async ({ caller, params, query }, { raw }, reply) =>
    reply.send(await evidence.upload(caller.userId, params.id, { ...query, content: bodyOf(raw) })),
  );

  edge.serve(deleteEvidence, async ({ caller, params }) => {
    await evidence.delete(caller.userId, params.id, params.evidenceId);
    return {};
  });

  edge.serve(checkHandle, async ({ caller, params }) => {
    const why = await applications.handleRefusal(caller.userId, params.handle);
    return why === undefined ? { available: true } : { available: false, why };
  });
};

/** The body of a request. Not destroyed when it is refused, because the caller is to be told why on the same connection. */
async function* bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false });
  } catch {
    // Only the connection can fail here, and whoever was at its other end has gone.
    throw new DomainError('M_UNKNOWN', 'The upload ended early. Please try again.');
  }
}
