import { DomainError, type UserId } from '@byline/protocol';
import type { StandingRecord } from '@byline/protocol/byline/custody.ts';
import { type ApplicationId, type ApplicationState, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { Decision } from '@byline/protocol/byline/review.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Policy, Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { publicOf, sealedOf } from '../application-view.ts';
import type { StandingIdentities } from '../custody/standing-identities.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { requireProven } from '../labels.ts';
import type { Standing } from '../standing.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { ApplicationRow } from '../tables.ts';
import type { Verification } from '../verification/verification.ts';
import { type CaseAccess, type LockedCase, notHeld, otherStage, type StepTaken } from './case-access.ts';
import type { CaseStore } from './case-store.ts';
import { needsSecondFor, proposalOf } from './case-view.ts';
import { keptAfter } from './retention.ts';
import type { Retention } from './retention.ts';
import type { ReviewCaseRow } from './tables.ts';

export interface DecisionsParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly access: CaseAccess;
  readonly retention: Retention;
  readonly evidenceStore: EvidenceStore;
  readonly standingIdentities: StandingIdentities;
  readonly standing: Standing;
  readonly verification: Pick<Verification, 'requireShown'>;
  readonly accounts: Accounts;
  readonly subjects: Subjects;
  readonly policy: Policy;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

const RESULT = { approve: 'approved', 'ask-for-changes': 'changes-asked', refuse: 'refused' } as const;

/** A case that was decided, as far as the applicant may be told of it anywhere. */
export interface DecidedCase {
  readonly applicant: UserId;
  readonly outcome: (typeof RESULT)[Decision['decision']];
  /** Of the public account; absent: they applied for themselves. */
  readonly name: string | undefined;
}

/** Where a case stands after somebody decided. */
export interface Decided {
  readonly state: ApplicationState;
  readonly stage: ReviewCaseRow['stage'];
}

/** What is decided by the one who holds the case, and where two must agree, by the second. */
interface Approval {
  readonly by: UserId;
  readonly decision: Decision;
  readonly step: StepTaken;
  readonly check: (locked: LockedCase) => void;
}

/** How cases end: a reviewer decides; where the category demands it, an approval takes another one who confirms it. */
export class Decisions {
  readonly #parts: DecisionsParts;
  readonly #listeners: ((decided: DecidedCase) => void)[] = [];

  constructor(parts: DecisionsParts) {
    this.#parts = parts;
  }

  /** Has `listener` called whenever a case was decided. It must not throw. */
  onDecided(listener: (decided: DecidedCase) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Decides a case, with a reason that the applicant reads; or proposes an approval that needs a second reviewer. What an
   * approval grants holds from the next request on.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT` for who does not hold the case (any
   *   more), `BYLINE_OWN_CASE`, `M_INVALID_PARAM` for what does not belong to the decision, `BYLINE_LABEL_UNPROVEN`
   */
  async decide(by: UserId, id: ApplicationId, decision: Decision): Promise<Decided> {
    this.#parts.staff.requireRole(by, 'reviewer');
    const { row, reviewed } = await this.#parts.access.find(id);
    this.#requireSense(row, reviewed, decision);
    const { decision: kind, reason, template } = decision;
    if (kind === 'approve' && needsSecondFor(row, decision.category)) return this.#propose(by, row, decision);
    const state = RESULT[kind];
    await this.#settle(row, { by, decision, check: requireFirst, step: { state, reason, template } });
    return { state, stage: 'first' };
  }

  /**
   * Confirms what another reviewer has proposed: it holds from the next request on.
   *
   * @param standing the identity sealed to the custodians, once there are any
   * @throws DomainError as `decide`; `BYLINE_OWN_CASE` for who proposed it, or was second before
   */
  async confirm(by: UserId, id: ApplicationId, standing: StandingRecord | undefined): Promise<ApplicationState> {
    this.#parts.staff.requireRole(by, 'reviewer');
    const { row, reviewed } = await this.#parts.access.find(id);
    const proposal = proposalOf(reviewed);
    if (proposal === null) throw otherStage();
    const check = (locked: LockedCase): void => {
      if (locked.reviewed.proposal !== reviewed.proposal) throw otherStage();
    };
    const { reason, template } = proposal.decision;
    const decision = { ...proposal.decision, standing };
    // The wait for the second reviewer may have been longer than what was to be granted.
    this.#requireSense(row, reviewed, decision);
    await this.#settle(row, {
      by,
      decision,
      check,
      step: { state: 'approved', action: 'confirmed', reason, template },
    });
    return 'approved';
  }

  /** Sends a proposed approval back to the first stage. Throws as `confirm`. */
  async sendBack(by: UserId, id: ApplicationId, reason: string): Promise<ApplicationState> {
    const { staff, engine, access, store, cases } = this.#parts;
    staff.requireRole(by, 'reviewer');
    await engine.transaction(async (writer) => {
      const locked = await access.lockHeld(writer, id, by);
      if (locked.reviewed.stage !== 'second') throw otherStage();
      await access.requireMayReview(writer, locked, by);
      await store.update(writer, id, { state: 'submitted', ...this.#letGo() });
      await cases.update(writer, id, { stage: 'first', proposal: null });
      await access.addStep(writer, id, by, { state: 'submitted', action: 'sent-back', reason });
    });
    return 'submitted';
  }

  async #propose(by: UserId, read: ApplicationRow, decision: Decision): Promise<Decided> {
    const { engine, access, store, cases, clock } = this.#parts;
    const id = read.application_id;
    await engine.transaction(async (writer) => {
      const locked = await access.lockHeld(writer, id, by);
      requireFirst(locked);
      await this.#requireDecidable(writer, locked, read, { by, decision });
      const { standing: _sealedLater, ...kept } = decision;
      const proposal = JSON.stringify({ by, at: clock.now(), decision: kept });
      await store.update(writer, id, { state: 'submitted', ...this.#letGo() });
      await cases.update(writer, id, { stage: 'second', proposal });
      await access.addStep(writer, id, by, {
        state: 'submitted',
        action: 'proposed',
        reason: decision.reason,
        template: decision.template,
      });
    });
    return { state: 'submitted', stage: 'second' };
  }

  async #settle(row: ApplicationRow, approval: Approval): Promise<void> {
    const { engine, standing, retention } = this.#parts;
    const { decision } = approval;
    const inside = (writer: Writer) => this.#settleInside(writer, row, approval);
    if (decision.decision === 'approve' && row.account_id !== null)
      await this.#qualify(row.account_id, row, decision, inside);
    else await engine.transaction(inside);
    if (decision.decision === 'approve') standing.verified(row.applicant);
    // What is kept for no time at all is destroyed now.
    await retention.sweep();
    const outcome = RESULT[decision.decision];
    for (const listener of this.#listeners) listener({ applicant: row.applicant, outcome, name: publicOf(row).name });
  }

  async #qualify(
    accountId: string,
    row: ApplicationRow,
    { category, label, expires }: Decision,
    inside: (writer: Writer) => Promise<void>,
  ): Promise<void> {
    const publicPart = PublicPart.parse(publicOf(row));
    const grant = {
      kind: publicPart.kind,
      category: category ?? publicPart.category,
      label: label ?? null,
      expires,
    };
    await this.#parts.accounts.qualify(accountId, { public: publicPart, grant }, (batch) => batch.atOnce(inside));
  }

  async #settleInside(writer: Writer, read: ApplicationRow, { by, decision, step, check }: Approval): Promise<void> {
    const { access, store, cases, policy, clock } = this.#parts;
    const id = read.application_id;
    const locked = await access.lockHeld(writer, id, by);
    check(locked);
    await this.#requireDecidable(writer, locked, read, { by, decision });
    const { row } = locked;
    const { state } = step;
    const now = clock.now();
    await store.update(writer, id, {
      state,
      updated_at: now,
      ...this.#letGo(),
      // An approved identity is kept elsewhere; of a refused one nothing is lost while it can be appealed or put right.
      ...(state === 'approved' ? { sealed: null, sealed_at: null } : {}),
    });
    await cases.update(writer, id, {
      stage: 'first',
      proposal: null,
      keep_until: keptAfter(state, now, policy.get('evidence.kept')),
    });
    await access.addStep(writer, id, by, step);
    if (state !== 'approved') return;
    const sealed = sealedOf(row);
    if (sealed === null) throw new Error('An application without a sealed identity is about to be approved.');
    const identity = { application: id, applicant: row.applicant, accountId: row.account_id, sealed };
    await this.#parts.standingIdentities.keep(writer, identity, decision.standing);
  }

  /** Once more at its turn: what was read may have been changed. */
  async #requireDecidable(
    writer: Writer,
    locked: LockedCase,
    read: ApplicationRow,
    { by, decision }: Pick<Approval, 'by' | 'decision'>,
  ): Promise<void> {
    const { access, verification, evidenceStore, subjects, accounts } = this.#parts;
    const { row, reviewed } = locked;
    await access.requireMayReview(writer, locked, by);
    if (row.public !== read.public) throw notHeld();
    if (decision.decision !== 'approve') return;
    await verification.requireShown(writer, row);
    if (decision.label !== undefined) {
      const evidence = await evidenceStore.of([row.application_id], writer);
      requireProven(decision.label, publicOf(row).kind, evidence);
    }
    await subjects.requireRoomToApprove(writer, row);
    // Whoever was refused loses the handle to whoever asks for it next, also while they appeal.
    const isLost = row.account_id !== null && !accounts.isOperator(row.account_id, row.applicant);
    if (reviewed.appealed_at !== null && isLost)
      throw new DomainError(
        'BYLINE_HANDLE_IN_USE',
        'Somebody else has this handle now. Another one can be applied for.',
      );
  }

  #requireSense(row: ApplicationRow, { appealed_at }: ReviewCaseRow, decision: Decision): void {
    const { category, label, expires } = decision;
    if (row.purpose === 'personal' && (category ?? label ?? expires) !== undefined)
      throw new DomainError('M_INVALID_PARAM', 'A person is verified without a category, a label or an end.');
    if (expires !== undefined && expires <= this.#parts.clock.now())
      throw new DomainError('M_INVALID_PARAM', '"expires" must be in the future.');
    if (appealed_at !== null && decision.decision === 'ask-for-changes')
      throw new DomainError('M_INVALID_PARAM', 'An appeal is decided: approve, or refuse. You can ask the applicant.');
  }

  #letGo(): Pick<ApplicationRow, 'holder' | 'held_until'> {
    return { holder: null, held_until: null };
  }
}

const requireFirst = ({ reviewed }: LockedCase): void => {
  if (reviewed.stage !== 'first') throw otherStage();
};
