import { type Bar, barOf } from '@byline/core/identity/review-rules.ts';
import { comparable, tokensOf } from '@byline/core/search/tokens.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { ApplicationId, type EvidenceId } from '@byline/protocol/byline/identity.ts';
import type { QueueCategory } from '@byline/protocol/byline/progress.ts';
import type { Case, QueuedCase, QueueName } from '@byline/protocol/byline/review.ts';
import type { Readable } from 'node:stream';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { evidenceOf, publicOf, sealedOf, stepOf } from '../application-view.ts';
import type { EvidenceKeeper } from '../evidence.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { ApplicationRow, StepRow } from '../tables.ts';
import { type CaseAccess, hasPast, judgedIn, type LockedCase } from './case-access.ts';
import type { CaseStore } from './case-store.ts';
import { messageOf, needsSecondFor, proposalOf } from './case-view.ts';
import type { CaseRow, QueuePlace, QueueStore } from './queue-store.ts';
import type { ReviewCaseRow } from './tables.ts';
import { saidByTemplate } from './templates.ts';

export interface ReviewParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly queueStore: QueueStore;
  readonly access: CaseAccess;
  readonly evidenceStore: EvidenceStore;
  readonly evidence: EvidenceKeeper;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** How long a case stays with a reviewer who does nothing more. */
const LEASE_MS = 30 * 60_000;
/** How long it waits for who it was handed over to; they may be at another case. */
const HANDED_OVER_MS = 8 * 60 * 60_000;
const MOST_FOUND = 50;

export interface Counts {
  readonly waiting: number;
  readonly overdue: number;
  readonly mine: number;
  readonly asked: number;
  readonly categories: { category: QueueCategory; waiting: number }[];
}

/** The reviewer's side: a case is found, taken and read by one reviewer, who is never the one whom it concerns. */
export class Review {
  readonly #store: ApplicationStore;
  readonly #cases: CaseStore;
  readonly #queueStore: QueueStore;
  readonly #access: CaseAccess;
  readonly #evidenceStore: EvidenceStore;
  readonly #evidence: EvidenceKeeper;
  readonly #staff: Staff;
  readonly #engine: Engine;
  readonly #clock: Clock;

  constructor(parts: ReviewParts) {
    this.#store = parts.store;
    this.#cases = parts.cases;
    this.#queueStore = parts.queueStore;
    this.#access = parts.access;
    this.#evidenceStore = parts.evidenceStore;
    this.#evidence = parts.evidence;
    this.#staff = parts.staff;
    this.#engine = parts.engine;
    this.#clock = parts.clock;
  }

  /** What waits, the oldest first. Throws `BYLINE_ROLE_REQUIRED`, `M_INVALID_PARAM`. */
  async queue(
    by: UserId,
    wish: {
      readonly which: QueueName;
      readonly category?: QueueCategory | undefined;
      readonly from?: string | undefined;
    },
    limit: number,
  ): Promise<{ cases: QueuedCase[]; next?: string }> {
    this.#staff.requireRole(by, 'reviewer');
    const rows = await this.#queueStore.queue({
      which: wish.which,
      category: wish.category,
      after: wish.from === undefined ? undefined : parsePlace(wish.from),
      by,
      now: this.#clock.now(),
      limit: limit + 1,
    });
    const cases = await this.#queuedAll(rows.slice(0, limit), by);
    const last = cases.at(-1);
    if (rows.length <= limit || last === undefined) return { cases };
    return { cases, next: `${last.submitted_at}.${last.id}` };
  }

  /** How much waits. Throws `BYLINE_ROLE_REQUIRED`. */
  async counts(by: UserId): Promise<Counts> {
    this.#staff.requireRole(by, 'reviewer');
    const now = this.#clock.now();
    const categories = await this.#queueStore.waiting();
    return {
      waiting: categories.reduce((sum, { waiting }) => sum + waiting, 0),
      overdue: await this.#queueStore.overdue(now),
      mine: await this.#queueStore.heldBy(by, now),
      asked: await this.#queueStore.asked(),
      categories,
    };
  }

  /** Cases that were ever sent, by words of the name or handle that they begin with. Throws `BYLINE_ROLE_REQUIRED`. */
  async search(by: UserId, text: string): Promise<QueuedCase[]> {
    this.#staff.requireRole(by, 'reviewer');
    return this.#queuedAll(await this.#queueStore.search(tokensOf(comparable(text)), MOST_FOUND), by);
  }

  /** Who reviews here. Throws `BYLINE_ROLE_REQUIRED`. */
  reviewers(by: UserId): UserId[] {
    this.#staff.requireRole(by, 'reviewer');
    return this.#staff.holdersOf('reviewer');
  }

  /** A case; what is sealed in it only for who holds it. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`. */
  async case(by: UserId, id: ApplicationId): Promise<Case> {
    this.#staff.requireRole(by, 'reviewer');
    return this.#view(await this.#access.find(id), by);
  }

  /**
   * Takes a case, or holds it longer. Of two who do so at once, one gets it.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`
   */
  async claim(by: UserId, id: ApplicationId): Promise<Case> {
    this.#staff.requireRole(by, 'reviewer');
    await this.#engine.transaction(async (writer) => {
      const locked = await this.#access.lock(writer, id);
      const { row } = locked;
      this.#access.requireFree(row, by);
      await this.#access.requireMayReview(writer, locked, by);
      const isNew = row.state !== 'in-review' || row.holder !== by;
      await this.#hold(writer, id, by, LEASE_MS);
      if (isNew) await this.#access.addStep(writer, id, by, { state: 'in-review', action: 'claimed' });
    });
    return this.case(by, id);
  }

  /** Gives a case back. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async release(by: UserId, id: ApplicationId): Promise<void> {
    await this.#letGo(by, id, async (writer) => {
      await this.#access.addStep(writer, id, by, { state: 'submitted', action: 'released' });
    });
  }

  /** Puts a case aside: it keeps its place. Throws `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`. */
  async pause(by: UserId, id: ApplicationId, note: string | undefined): Promise<void> {
    await this.#letGo(by, id, async (writer) => {
      await this.#cases.update(writer, id, { paused_by: by });
      await this.#note(writer, id, by, note);
      await this.#access.addStep(writer, id, by, { state: 'submitted', action: 'paused' });
    });
  }

  /**
   * Gives a case to a colleague, who holds it then.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE` when it concerns the
   *   colleague or they may not review it, `M_INVALID_PARAM` when they are no reviewer
   */
  async handOver(by: UserId, id: ApplicationId, to: UserId, note: string | undefined): Promise<void> {
    this.#staff.requireRole(by, 'reviewer');
    if (to === by || !this.#staff.hasRole(to, 'reviewer'))
      throw new DomainError('M_INVALID_PARAM', 'A case is handed over to another reviewer.');
    await this.#engine.transaction(async (writer) => {
      const locked = await this.#access.lockHeld(writer, id, by);
      await this.#access.requireMayReview(writer, locked, to);
      await this.#hold(writer, id, to, HANDED_OVER_MS);
      await this.#note(writer, id, by, note);
      await this.#access.addStep(writer, id, by, { state: 'in-review', action: 'handed-over' });
    });
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
    const { row } = await this.#access.find(id);
    this.#access.requireHeld(row, by);
    return row;
  }

  async #hold(writer: Writer, id: ApplicationId, holder: UserId, during: number): Promise<void> {
    const until = this.#clock.now() + during;
    await this.#store.update(writer, id, { state: 'in-review', holder, held_until: until });
    await this.#cases.update(writer, id, { paused_by: null });
  }

  async #letGo(by: UserId, id: ApplicationId, also: (writer: Writer) => Promise<void>): Promise<void> {
    this.#staff.requireRole(by, 'reviewer');
    await this.#engine.transaction(async (writer) => {
      await this.#access.lockHeld(writer, id, by);
      await this.#store.update(writer, id, { state: 'submitted', holder: null, held_until: null });
      await also(writer);
    });
  }

  async #note(writer: Writer, id: ApplicationId, author: UserId, text = ''): Promise<void> {
    if (text.trim() === '') return;
    await this.#cases.addNote(writer, { application_id: id, at: this.#clock.now(), author, text: text.trim() });
  }

  async #queuedAll(rows: readonly CaseRow[], by: UserId): Promise<QueuedCase[]> {
    const looked = rows.filter(hasPast).map(({ application_id }) => application_id);
    const steps = Map.groupBy(await this.#store.steps(looked), ({ application_id }) => application_id);
    return rows.map((row) => this.#queued(row, row, steps.get(row.application_id) ?? [], by));
  }

  #queued(row: ApplicationRow, reviewed: ReviewCaseRow, steps: readonly StepRow[], by: UserId): QueuedCase {
    const holder = this.#access.holderOf(row);
    const own = this.#access.concerns(row, by);
    return {
      id: row.application_id,
      purpose: row.purpose,
      state: row.state,
      public: publicOf(row),
      category: reviewed.category,
      submitted_at: reviewed.submitted_at,
      due_at: reviewed.due_at,
      stage: reviewed.stage,
      appealed: reviewed.appealed_at !== null,
      paused_by: reviewed.paused_by,
      holder: holder === undefined ? null : { user_id: holder, until: row.held_until ?? 0 },
      own,
      bar: own ? 'own' : (barIn(reviewed, steps, by) ?? null),
    };
  }

  async #view({ row, reviewed }: LockedCase, by: UserId): Promise<Case> {
    const id = row.application_id;
    const steps = await this.#store.steps([id]);
    const messages = await this.#cases.messages([id]);
    const notes = await this.#cases.notes(id);
    const isHolder = this.#access.holderOf(row) === by;
    const proposal = proposalOf(reviewed);
    return {
      ...this.#queued(row, reviewed, steps, by),
      applicant: row.applicant,
      identity: isHolder ? sealedOf(row) : null,
      evidence: (await this.#evidenceStore.of([id])).map(evidenceOf),
      needs_second: needsSecondFor(row, proposal?.decision.category),
      proposal: proposal === null ? null : proposalView(proposal),
      appeal: reviewed.appealed_at === null ? null : { at: reviewed.appealed_at, reason: reviewed.appeal_reason ?? '' },
      messages: messages.map((message) => ({
        ...messageOf(message),
        ...(isHolder && message.sealed !== null ? { sealed: JSON.parse(message.sealed) } : {}),
      })),
      notes: notes.map(({ at, author, text }) => ({ at, by: author, text })),
      history: steps.map(stepOf),
    };
  }
}

const barIn = (reviewed: ReviewCaseRow, steps: readonly StepRow[], by: UserId): Bar | undefined =>
  hasPast(reviewed) ? barOf(reviewed.stage, by, judgedIn(steps)) : undefined;

const proposalView = ({
  by,
  at,
  decision,
}: NonNullable<ReturnType<typeof proposalOf>>): NonNullable<Case['proposal']> => {
  const { reason, template, category, label, expires } = decision;
  return { by, at, reason, category, label, expires, ...(template && { template: saidByTemplate(template) }) };
};

const parsePlace = (text: string): QueuePlace => {
  const [, submittedAt, id] = /^(\d{1,15})\.(.+)$/.exec(text) ?? [];
  const parsed = ApplicationId.safeParse(id);
  if (submittedAt === undefined || !parsed.success)
    throw new DomainError('M_INVALID_PARAM', 'This is no place in the queue.');
  return { submittedAt: Number(submittedAt), id: parsed.data };
};
