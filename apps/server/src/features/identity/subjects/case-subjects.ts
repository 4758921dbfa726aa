import { DomainError, type UserId } from '@byline/protocol';
import type { BlindEvaluation, CaseSubject } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { ApplicationRow } from '../tables.ts';
import type { BlindIndexes } from './blind-indexes.ts';
import type { Subjects } from './subjects.ts';

interface CaseSubjectsParts {
  readonly subjects: Subjects;
  readonly indexes: BlindIndexes;
  readonly cases: HeldCases;
}

/** The cases that reviewers hold. */
export interface HeldCases {
  /** A case, for the reviewer who holds it now. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  readonly held: (by: UserId, id: ApplicationId) => Promise<ApplicationRow>;
}

/** What a reviewer learns of the subject of a case: what else it applied for, and whether its index is the true one. */
export class CaseSubjects {
  readonly #subjects: Subjects;
  readonly #indexes: BlindIndexes;
  readonly #cases: HeldCases;

  constructor({ subjects, indexes, cases }: CaseSubjectsParts) {
    this.#subjects = subjects;
    this.#indexes = indexes;
    this.#cases = cases;
  }

  /** What else the subject has applied for. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async of(by: UserId, id: ApplicationId): Promise<CaseSubject> {
    const subject = await this.#subjects.of(await this.#cases.held(by, id));
    if (subject === undefined) throw new DomainError('M_NOT_FOUND', 'It is not known whom this application is of.');
    return subject;
  }

  /**
   * Evaluates a number that the reviewer has opened, so that it can be compared with what the applicant gave.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`, `M_INVALID_PARAM`
   */
  async evaluate(by: UserId, id: ApplicationId, blinded: string): Promise<BlindEvaluation> {
    await this.#cases.held(by, id);
    return this.#indexes.evaluate(blinded);
  }
}
