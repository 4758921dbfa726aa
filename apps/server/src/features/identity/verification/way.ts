import type { UserId } from '@byline/protocol';
import type { Finish, Step, VerificationWay, Way as WayView } from '@byline/protocol/byline/verification.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationRow } from '../tables.ts';
import type { AttestationRow } from './tables.ts';

/** Who shows something, for which application. */
export interface Applicant {
  readonly userId: UserId;
  readonly application: ApplicationRow;
}

/** What a way has shown, by whom, at which assurance; `null`: nothing besides documents. */
export type Attested = Omit<AttestationRow, 'application_id' | 'at'> | null;

/**
 * One way to show who one is. Whether it is switched on, and whether the application may be changed, is decided before
 * it is asked.
 */
export interface Way<Id extends VerificationWay> {
  readonly id: Id;
  /** Who attests; absent: somebody else each time, or nobody but the reviewer. */
  readonly by?: WayView['by'];
  /** Where the applicant's browser must be let; nowhere besides when absent. */
  readonly origins?: () => readonly string[];
  /** Whether it could be used now, were it switched on. */
  readonly readiness: () => Promise<'on' | 'not-set-up' | 'unreachable'>;
  /** What the browser does next. Throws `WayUnavailable`, DomainError. */
  readonly begin: (applicant: Applicant) => Promise<Extract<Step, { way: Id }>>;
  /**
   * Looks at what came back, outside any transaction, and gives what is to be kept of it inside one.
   *
   * @throws WayUnavailable, DomainError; then nothing has changed
   */
  readonly finish: (
    applicant: Applicant,
    answer: Extract<Finish, { way: Id }>,
  ) => Promise<(writer: Writer) => Promise<Attested>>;
}

export type Ways = { readonly [Id in VerificationWay]: Way<Id> };

/** Whom a way needs does not answer, or answers nonsense. It is told with the other ways. */
export class WayUnavailable extends Error {
  override readonly name = 'WayUnavailable';
}
