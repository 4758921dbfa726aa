import { stateAfter } from '@byline/core/identity/application-state.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { ApplicationId, type ApplicationState, type EvidenceId, PublicPart } from '@byline/protocol/byline/identity.ts';
import type { Case, Decision, QueuedCase } from '@byline/protocol/byline/review.ts';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore, QueuePlace } from '../application-store.ts';
import { evidenceOf, publicOf, sealedOf, stepOf } from '../application-view.ts';
import type { EvidenceKeeper } from '../evidence.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { requireProven } from '../labels.ts';
import type { StandingIdentities } from '../custody/standing-identities.ts';
import type { Standing } from '../standing.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { ApplicationRow } from '../tables.ts';
import type { Verification } from '../verification/verification.ts';

export interface ReviewParts {
  readonly store: ApplicationStore;
  readonly evidenceStore: EvidenceStore;
  readonly standingIdentities: StandingIdentities;
  readonly evidence: EvidenceKeeper;
  readonly standing: Standing;
  readonly verification: Pick<Verification, 'requireNotVoucher' | 'requireShown'>;
  readonly accounts: Accounts;
  readonly subjects: Subjects;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** A case that was decided, as far as the applicant may be told of it anywhere. */
export interface DecidedCase {
  readonly applicant: UserId;
  readonly outcome: (typeof RESULT)[Decision['decision']];
  /** Of the public account; absent: they applied for themselves. */
  readonly name: string | undefined;
}

/** How long a case stays with a reviewer who does nothing more. */
const LEASE_MS = 30 * 60_000;

const RESULT = { approve: 'approved', 'ask-for-changes': 'changes-asked', refuse: 'refused' } as const;

/** The reviewer's side: a case is taken, read and decided by one reviewer, who is never the one whom it concerns. */
export class Review {
  readonly #store: ApplicationStore;
  readonly #evidenceStore: EvidenceStore;
  readonly #standingIdentities: StandingIdentities;
  readonly #evidence: EvidenceKeeper;
  readonly #standing: Standing;
  readonly #verification: ReviewParts['verification'];
  readonly #accounts: Accounts;
  readonly #subjects: Subjects;
  readonly #staff: Staff;
  readonly #engine: Engine;
  readonly #clock: Clock;
  readonly #listeners: ((decided: DecidedCase) => void)[] = [];

  constructor(parts: ReviewParts) {
    this.#store = parts.store;
    this.#evidenceStore = parts.evidenceStore;
    this.#standingIdentities = parts.standingIdentities;
    this.#evidence = parts.evidence;
    this.#standing = parts.standing;
    this.#verification = parts.verification;
    this.#accounts = parts.accounts;
    this.#subjects = parts.subjects;
    this.#staff = parts.staff;
    this.#engine = parts.engine;
    this.#clock = parts.clock;
  }

  /** What waits for review, the oldest first. Throws `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM`. */
  async queue(by: UserId, from: string | undefined, limit: number): Promise<{ cases: QueuedCase[]; next?: string }> {
    this.#staff.requireRole(by, 'reviewer');
    const rows = await this.#store.queue(from === undefined ? undefined : parsePlace(from), limit + 1);
    const shown = rows.slice(0, limit);
    const cases = shown.map((row) => this.#queued(row, by));
    const last = shown.at(-1);
    if (rows.length <= limit || last === undefined) return { cases };
    return { cases, next: `${last.submitted_at}.${last.application_id}` };
  }

  /** A case; what is sealed in it only for who holds it. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`. */
  async case(by: UserId, id: ApplicationId): Promise<Case> {
    this.#staff.requireRole(by, 'reviewer');
    return this.#view(requireSent(await this.#store.find(id)), by);
  }

  /**
   * Takes a case, or holds it longer. Of two who do so at once, one gets it.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`
   */
  async claim(by: UserId, id: ApplicationId): Promise<Case> {
    this.#staff.requireRole(by, 'reviewer');
    await this.#engine.transaction(async (writer) => {
      const row = requireSent(await this.#store.lock(writer, id));
      if (stateAfter(row.state, 'claim') === undefined) throw decided();
      this.#requireNotOwn(row, by);
      await this.#verification.requireNotVoucher(writer, id, by);
      const holder = this.#holderOf(row);
      if (holder !== undefined && holder !== by) throw heldByAnother();
      const until = this.#clock.now() + LEASE_MS;
      await this.#store.update(writer, id, { state: 'in-review', holder: by, held_until: until });
      if (row.state !== 'in-review') await this.#addStep(writer, row, by, 'in-review', null);
    });
    return this.case(by, id);
  }

  /** Gives a case back. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async release(by: UserId, id: ApplicationId): Promise<void> {
    this.#staff.requireRole(by, 'reviewer');
    await this.#engine.transaction(async (writer) => {
      const row = await this.#lockHeld(writer, id, by);
      await this.#store.update(writer, id, { state: 'submitted', holder: null, held_until: null });
      await this.#addStep(writer, row, by, 'submitted', null);
    });
  }

  /**
   * Decides a case, with a reason that the applicant reads. What an approval grants holds from the next request on.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT` for who does not hold the case (any
   *   more), `BYLINE_OWN_CASE`, `M_INVALID_PARAM` for what does not belong to the decision, `BYLINE_LABEL_UNPROVEN`
   */
  async decide(by: UserId, id: ApplicationId, decision: Decision): Promise<ApplicationState> {
    this.#staff.requireRole(by, 'reviewer');
    const row = requireSent(await this.#store.find(id));
    this.#requireSense(row, decision);
    const inside = (writer: Writer) => this.#decideInside(writer, by, row, decision);
    if (decision.decision === 'approve' && row.account_id !== null) {
      await this.#qualify(row.account_id, row, decision, inside);
    } else await this.#engine.transaction(inside);
    if (decision.decision === 'approve') this.#standing.verified(row.applicant);
    await this.#evidence.sweep();
    const outcome = RESULT[decision.decision];
    const decided = { applicant: row.applicant, outcome, name: publicOf(row).name };
    for (const listener of this.#listeners) listener(decided);
    return outcome;
  }

  /** Has `listener` called whenever a case was decided. It must not throw. */
  onDecided(listener: (decided: DecidedCase) => void): void {
    this.#listeners.push(listener);
  }

  /** The sealed bytes of a picture. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async openEvidence(
    by: UserId,
    id: ApplicationId,
    evidenceId: EvidenceId,
  ): Promise<{ readonly size: number; readonly content: Readable }> {
    await this.held(by, id);
    return this.#evidence.open(id, evidenceId);
  }

  /** A case that somebody holds. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async held(by: UserId, id: ApplicationId): Promise<ApplicationRow> {
    this.#staff.requireRole(by, 'reviewer');
    const row = requireSent(await this.#store.find(id));
    this.#requireHeld(row, by);
    return row;
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
    await this.#accounts.qualify(accountId, { public: publicPart, grant }, (batch) => batch.atOnce(inside));
  }

  async #decideInside(writer: Writer, by: UserId, read: ApplicationRow, decision: Decision): Promise<void> {
    const id = read.application_id;
    const row = await this.#lockHeld(writer, id, by);
    this.#requireNotOwn(row, by);
    await this.#verification.requireNotVoucher(writer, id, by);
    if (decision.decision === 'approve') await this.#verification.requireShown(writer, row);
    if (row.public !== read.public) throw notHeld();
    if (decision.label !== undefined)
      requireProven(decision.label, publicOf(row).kind, await this.#evidenceStore.of([id], writer));
    const state = RESULT[decision.decision];
    if (state === 'approved') await this.#subjects.requireRoomToApprove(writer, row);
    const isFinal = state !== 'changes-asked';
    await this.#store.update(writer, id, {
      state,
      updated_at: this.#clock.now(),
      holder: null,
      held_until: null,
      ...(isFinal ? { sealed: null, sealed_at: null } : {}),
    });
    await this.#addStep(writer, row, by, state, decision.reason);
    // What served the check alone is not kept when the check is done.
    if (isFinal) await this.#evidenceStore.discard(writer, id);
    if (state !== 'approved') return;
    const sealed = sealedOf(row);
    if (sealed === null) throw new Error('An application without a sealed identity is about to be approved.');
    const identity = { application: id, applicant: row.applicant, accountId: row.account_id, sealed };
    await this.#standingIdentities.keep(writer, identity, decision.standing);
  }

  #requireSense(row: ApplicationRow, { category, label, expires }: Decision): void {
    if (row.purpose === 'personal' && (category ?? label ?? expires) !== undefined)
      throw new DomainError('M_INVALID_PARAM', 'A person is verified without a category, a label or an end.');
    if (expires !== undefined && expires <= this.#clock.now())
      throw new DomainError('M_INVALID_PARAM', '"expires" must be in the future.');
  }

  async #lockHeld(writer: Writer, id: ApplicationId, by: UserId): Promise<ApplicationRow> {
    const row = requireSent(await this.#store.lock(writer, id));
    this.#requireHeld(row, by);
    return row;
  }

  #requireHeld(row: ApplicationRow, by: UserId): void {
    if (row.state !== 'in-review') throw row.state === 'submitted' ? notHeld() : decided();
    const holder = this.#holderOf(row);
    if (holder === by) return;
    throw holder === undefined ? notHeld() : heldByAnother();
  }

  /** Who holds a case now; a lease that ran out is nobody's. */
  #holderOf({ holder, held_until }: ApplicationRow): UserId | undefined {
    return holder !== null && held_until !== null && held_until > this.#clock.now() ? holder : undefined;
  }

  #requireNotOwn(row: ApplicationRow, by: UserId): void {
    if (this.#concerns(row, by))
      throw new DomainError('BYLINE_OWN_CASE', 'This case concerns you. Another reviewer decides it.');
  }

  #concerns({ applicant, account_id }: ApplicationRow, userId: UserId): boolean {
    return applicant === userId || (account_id !== null && this.#accounts.isOperator(account_id, userId));
  }

  async #addStep(writer: Writer, row: ApplicationRow, actor: UserId, state: ApplicationState, reason: string | null) {
    const step = { application_id: row.application_id, at: this.#clock.now(), role: 'reviewer' } as const;
    await this.#store.addStep(writer, { ...step, actor, state, reason });
  }

  #queued(row: ApplicationRow, by: UserId): QueuedCase {
    const holder = this.#holderOf(row);
    return {
      id: row.application_id,
      purpose: row.purpose,
      state: row.state,
      public: publicOf(row),
      submitted_at: row.submitted_at ?? row.created_at,
      holder: holder === undefined ? null : { user_id: holder, until: row.held_until ?? 0 },
      own: this.#concerns(row, by),
    };
  }

  async #view(row: ApplicationRow, by: UserId): Promise<Case> {
    const id = row.application_id;
    const evidence = await this.#evidenceStore.of([id]);
    const steps = await this.#store.steps([id]);
    return {
      ...this.#queued(row, by),
      applicant: row.applicant,
      identity: this.#holderOf(row) === by ? sealedOf(row) : null,
      evidence: evidence.map(evidenceOf),
      history: steps.map(stepOf),
    };
  }
}

/** Drafts are nobody's business but their author's. Throws `M_NOT_FOUND`. */
const requireSent = (row: ApplicationRow | undefined): ApplicationRow => {
  if (row === undefined || row.submitted_at === null) throw new DomainError('M_NOT_FOUND', 'There is no such case.');
  return row;
};

const parsePlace = (text: string): QueuePlace => {
  const [, submittedAt, id] = /^(\d{1,15})\.(.+)$/.exec(text) ?? [];
  const parsed = ApplicationId.safeParse(id);
  if (submittedAt === undefined || !parsed.success)
    throw new DomainError('M_INVALID_PARAM', 'This is no place in the queue.');
  return { submittedAt: Number(submittedAt), id: parsed.data };
};

const conflict = (message: string): DomainError => new DomainError('BYLINE_CASE_CONFLICT', message);
const heldByAnother = (): DomainError => conflict('Another reviewer has this case open.');
const notHeld = (): DomainError => conflict('This case is not yours, or no longer. Please open it again.');
const decided = (): DomainError => conflict('This case is not waiting for a decision any more.');
