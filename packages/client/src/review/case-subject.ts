import { type CaseSubject, getCaseSubject } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId, LegalIdentity } from '@byline/protocol/byline/identity.ts';
import type { Api } from '../api/api.ts';
import { blindIndexForCase } from '../applications/blind-index.ts';

/** What is known of the subject of a case, and whether it was counted under the number that is sealed in it. */
export interface CheckedSubject extends CaseSubject {
  /** `false`: the applicant gave the index of something else, so the count says nothing. */
  readonly isTrue: boolean;
  /** Whether the subject has no room for another account, so that an approval would be refused. */
  readonly isFull: boolean;
}

/**
 * Computes the blind index of an identity anew, here where it was opened, and compares it with what the applicant gave.
 *
 * @throws ApiError (`BYLINE_CASE_CONFLICT`, `M_LIMIT_EXCEEDED`); BlindIndexError when the server answered by another key
 */
export async function checkSubject(api: Api, id: ApplicationId, identity: LegalIdentity): Promise<CheckedSubject> {
  const [subject, index] = await Promise.all([
    api.call(getCaseSubject, { params: { id } }),
    blindIndexForCase(api, id, identity),
  ]);
  return { ...subject, isTrue: subject.blind_index === index, isFull: subject.accounts >= subject.cap };
}
