import { nextFor } from '@byline/core/identity/progress.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine, Writer } from '../../../platform/engine/engine.ts';
import type { Accounts } from '../../publishing/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { sealedOf } from '../application-view.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { requireOwn } from '../own-application.ts';
import type { Subjects } from '../subjects/subjects.ts';
import type { ApplicationRow } from '../tables.ts';
import type { CaseStore } from './case-store.ts';
import type { Intake } from './intake.ts';
import { standingOf } from './progress-view.ts';
import type { ReviewCaseRow } from './tables.ts';

interface AfterRefusalParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly evidenceStore: EvidenceStore;
  readonly intake: Intake;
  readonly subjects: Subjects;
  readonly accounts: Accounts;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** What can be done about a refusal: another reviewer looks at it once, or what was wrong is put right and sent anew. */
export class AfterRefusal {
  readonly #parts: AfterRefusalParts;

  constructor(parts: AfterRefusalParts) {
    this.#parts = parts;
  }

  /** Has another reviewer look. Throws `M_NOT_FOUND`, `M_BAD_STATE`, `BYLINE_HANDLE_IN_USE`. */
  async appeal(by: UserId, id: ApplicationId, reason: string): Promise<void> {
    const { engine, store, cases, intake, accounts, clock } = this.#parts;
    await engine.transaction(async (writer) => {
      const { row } = await this.#lockRefused(writer, id, by, 'appeal');
      if (row.account_id !== null && !accounts.isOperator(row.account_id, by))
        throw new DomainError(
          'BYLINE_HANDLE_IN_USE',
          'Somebody else has this handle now. You can put the application right with another one.',
        );
      const at = clock.now();
      await store.update(writer, id, { state: 'submitted', updated_at: at });
      await cases.update(writer, id, {
        appealed_at: at,
        appeal_reason: reason.trim(),
        due_at: intake.dueFromNow(),
        keep_until: null,
      });
      await this.#addStep(writer, row, 'submitted', 'appealed', reason.trim());
    });
  }

  /**
   * Begins a new application from a refused one. What was sealed moves into it and need not be typed again; how the
   * applicant was shown to be who they are by others than documents is asked for anew.
   *
   * @returns the id of the new one
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`
   */
  async correct(by: UserId, id: ApplicationId): Promise<ApplicationId> {
    const { engine, store, cases, evidenceStore, subjects, clock } = this.#parts;
    const newId = ApplicationId.parse(randomBytes(16).toString('base64url'));
    await engine.transaction(async (writer) => {
      const { row } = await this.#lockRefused(writer, id, by, 'send-anew');
      const now = clock.now();
      const made: ApplicationRow = {
        ...row,
        application_id: newId,
        state: 'draft',
        sealed: resealedFor(row),
        account_id: null,
        created_at: now,
        updated_at: now,
        submitted_at: null,
        holder: null,
        held_until: null,
      };
      await store.insert(writer, made);
      for (const { evidence_id, sealed_for } of await evidenceStore.of([id], writer))
        await cases.moveEvidence(writer, evidence_id, newId, sealed_for ?? id);
      await subjects.carry(writer, id, newId);
      await store.update(writer, id, { sealed: null, sealed_at: null, updated_at: now });
      await cases.update(writer, id, { corrected_by: newId, keep_until: null });
      await cases.forgetAnswers(writer, id);
      await this.#addStep(writer, row, 'refused', 'corrected');
      await this.#addStep(writer, made, 'draft');
    });
    return newId;
  }

  async #lockRefused(
    writer: Writer,
    id: ApplicationId,
    by: UserId,
    wanted: 'appeal' | 'send-anew',
  ): Promise<{ readonly row: ApplicationRow; readonly reviewed: ReviewCaseRow }> {
    const { store, cases, clock } = this.#parts;
    const row = requireOwn(await store.lock(writer, id), by);
    const reviewed = await cases.find(id, writer);
    if (reviewed !== undefined && nextFor(standingOf(row, reviewed, clock.now())).includes(wanted))
      return { row, reviewed };
    throw new DomainError('M_BAD_STATE', WHY_NOT[wanted], { state: row.state });
  }

  async #addStep(
    writer: Writer,
    row: ApplicationRow,
    state: ApplicationRow['state'],
    action: 'appealed' | 'corrected' | null = null,
    reason: string | null = null,
  ): Promise<void> {
    const at = this.#parts.clock.now();
    const step = { application_id: row.application_id, at, role: 'applicant', actor: row.applicant } as const;
    await this.#parts.store.addStep(writer, { ...step, state, action, reason });
  }
}

const WHY_NOT = {
  appeal: 'A refusal can be appealed once, within 30 days. You can begin a new application.',
  'send-anew': 'Only what was refused within the last 30 days can be put right. You can begin a new application.',
} as const;

/** What was sealed opens only as what it was sealed for, so that is kept with it. */
const resealedFor = (row: ApplicationRow): string | null => {
  const sealed = sealedOf(row);
  return sealed === null ? null : JSON.stringify({ ...sealed, sealed_for: sealed.sealed_for ?? row.application_id });
};
