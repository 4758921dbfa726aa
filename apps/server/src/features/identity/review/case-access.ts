import { stateAfter } from '@byline/core/identity/application-state.ts';
import { type Bar, barOf, type Judged, type Judgement } from '@byline/core/identity/review-rules.ts';
import { DomainError, type UserId } from '@byline/protocol';
import type { ApplicationId, ApplicationState } from '@byline/protocol/byline/identity.ts';
import type { StepAction } from '@byline/protocol/byline/progress.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Writer } from '../../../platform/engine/engine.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import type { ApplicationRow, StepRow } from '../tables.ts';
import type { Verification } from '../verification/verification.ts';
import type { CaseStore } from './case-store.ts';
import type { ReviewCaseRow } from './tables.ts';

interface CaseAccessParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly accounts: Accounts;
  readonly verification: Pick<Verification, 'requireNotVoucher'>;
  readonly clock: Clock;
}

/** A case that nobody else changes until the transaction ends. */
export interface LockedCase {
  readonly row: ApplicationRow;
  readonly reviewed: ReviewCaseRow;
}

/** What a step adds to the history, besides who did it and when. */
export interface StepTaken {
  readonly state: ApplicationState;
  readonly action?: StepAction;
  readonly reason?: string;
  readonly template?: TemplateId | undefined;
}

/** Who may have a case, and who has it. */
export class CaseAccess {
  readonly #store: ApplicationStore;
  readonly #cases: CaseStore;
  readonly #accounts: Accounts;
  readonly #verification: CaseAccessParts['verification'];
  readonly #clock: Clock;

  constructor({ store, cases, accounts, verification, clock }: CaseAccessParts) {
    this.#store = store;
    this.#cases = cases;
    this.#accounts = accounts;
    this.#verification = verification;
    this.#clock = clock;
  }

  /** Drafts are nobody's business but their author's. Throws `M_NOT_FOUND`. */
  async find(id: ApplicationId): Promise<LockedCase> {
    return requireSent(await this.#store.find(id), await this.#cases.find(id));
  }

  /** Throws `M_NOT_FOUND`. */
  async lock(writer: Writer, id: ApplicationId): Promise<LockedCase> {
    // In this order: what is read after the lock is what holds.
    const row = await this.#store.lock(writer, id);
    return requireSent(row, await this.#cases.find(id, writer));
  }

  /** A case that somebody holds. Throws `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async lockHeld(writer: Writer, id: ApplicationId, by: UserId): Promise<LockedCase> {
    const locked = await this.lock(writer, id);
    this.requireHeld(locked.row, by);
    return locked;
  }

  /** Throws `BYLINE_CASE_CONFLICT`, also when the lease has run out. */
  requireHeld(row: ApplicationRow, by: UserId): void {
    if (row.state !== 'in-review') throw stateAfter(row.state, 'claim') === undefined ? decided() : notHeld();
    const holder = this.holderOf(row);
    if (holder === by) return;
    throw holder === undefined ? notHeld() : heldByAnother();
  }

  /** Throws `BYLINE_CASE_CONFLICT` when there is nothing to take, or somebody else has it. */
  requireFree(row: ApplicationRow, by: UserId): void {
    if (stateAfter(row.state, 'claim') === undefined) throw decided();
    const holder = this.holderOf(row);
    if (holder !== undefined && holder !== by) throw heldByAnother();
  }

  /** Who holds a case now; a lease that ran out is nobody's. */
  holderOf({ holder, held_until }: Pick<ApplicationRow, 'holder' | 'held_until'>): UserId | undefined {
    return holder !== null && held_until !== null && held_until > this.#clock.now() ? holder : undefined;
  }

  /** Whether a case is about somebody: they applied, or they run the account. */
  concerns({ applicant, account_id }: ApplicationRow, userId: UserId): boolean {
    return applicant === userId || (account_id !== null && this.#accounts.isOperator(account_id, userId));
  }

  /**
   * Throws `BYLINE_OWN_CASE`, with why (`bar`), for who may not review a case: it concerns them, they vouch for the
   * applicant, or they had a part in it that bars them.
   */
  async requireMayReview(writer: Writer, { row, reviewed }: LockedCase, by: UserId): Promise<void> {
    if (this.concerns(row, by)) throw ownCase('own');
    const id = row.application_id;
    await this.#verification.requireNotVoucher(writer, id, by);
    if (!hasPast(reviewed)) return;
    const bar = barOf(reviewed.stage, by, judgedIn(await this.#store.steps([id], writer)));
    if (bar !== undefined) throw ownCase(bar);
  }

  /** Adds what a reviewer has done to the history of a case, which is locked. */
  async addStep(writer: Writer, id: ApplicationId, actor: UserId, taken: StepTaken): Promise<void> {
    const { state, action = null, reason = '', template = null } = taken;
    await this.#store.addStep(writer, {
      application_id: id,
      at: this.#clock.now(),
      role: 'reviewer',
      actor,
      state,
      action,
      template,
      reason: reason.trim() === '' ? null : reason,
    });
  }
}

/** Whether something was done with a case that may bar somebody; most cases are new, and need not be looked into. */
export const hasPast = ({ stage, appealed_at }: Pick<ReviewCaseRow, 'stage' | 'appealed_at'>): boolean =>
  stage === 'second' || appealed_at !== null;

const BY_ACTION: Readonly<Partial<Record<StepAction, Judgement>>> = {
  proposed: 'proposed',
  'sent-back': 'sent-back',
  appealed: 'appealed',
};
const BY_STATE: Readonly<Partial<Record<ApplicationState, Judgement>>> = {
  approved: 'approved',
  refused: 'refused',
  'changes-asked': 'changes-asked',
};

/** What was judged in a case, the oldest first. */
export const judgedIn = (steps: readonly StepRow[]): Judged[] =>
  steps.flatMap(({ role, actor, state, action }) => {
    const byReviewer = role === 'reviewer' ? BY_STATE[state] : undefined;
    const judgement = action ? BY_ACTION[action] : byReviewer;
    return judgement === undefined ? [] : [{ by: actor, judgement }];
  });

const requireSent = (row: ApplicationRow | undefined, reviewed: ReviewCaseRow | undefined): LockedCase => {
  if (row !== undefined && reviewed !== undefined) return { row, reviewed };
  throw new DomainError('M_NOT_FOUND', 'There is no such case.');
};

const WHY_BARRED: Readonly<Record<Bar | 'own', string>> = {
  own: 'This case concerns you. Another reviewer decides it.',
  proposed: 'You have proposed this decision yourself. Another reviewer confirms it.',
  'was-second': 'You were the second reviewer of this case before. Another one is it now.',
  'decided-before': 'You have decided in this case before. Another reviewer hears the appeal.',
};
const ownCase = (bar: Bar | 'own'): DomainError => new DomainError('BYLINE_OWN_CASE', WHY_BARRED[bar], { bar });

const conflict = (message: string): DomainError => new DomainError('BYLINE_CASE_CONFLICT', message);
const heldByAnother = (): DomainError => conflict('Another reviewer has this case open.');
export const notHeld = (): DomainError => conflict('This case is not yours, or no longer. Please open it again.');
const decided = (): DomainError => conflict('This case is not waiting for a decision any more.');
/** It is in another stage than what somebody wants to do belongs to. */
export const otherStage = (): DomainError => conflict('This case is in another stage now. Please open it again.');
