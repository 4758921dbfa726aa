import {
  evaluateBlindIndex,
  evaluateCaseIndex,
  getBlindIndexKey,
  getCaseSubject,
  getReviewTimes,
} from '@byline/protocol/byline/blind-index.ts';
import type { Edge } from '../../../platform/http/edge.ts';
import type { SubjectServices } from './service.ts';

/** Subjects, counted without being known. */
export const serveSubjects = (edge: Edge, { blindIndexes, caseSubjects, waitingTimes }: SubjectServices): void => {
  edge.serve(getBlindIndexKey, () => ({ public_key: blindIndexes.publicKey }));
  edge.serve(evaluateBlindIndex, ({ body }) => blindIndexes.evaluate(body.blinded));
  edge.serve(evaluateCaseIndex, ({ caller, params, body }) =>
    caseSubjects.evaluate(caller.userId, params.id, body.blinded),
  );
  edge.serve(getCaseSubject, ({ caller, params }) => caseSubjects.of(caller.userId, params.id));
  edge.serve(getReviewTimes, async () => ({ measured: await waitingTimes.measured() }));
};
