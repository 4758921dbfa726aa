import { DomainError, type UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { TemplateId } from '@byline/protocol/byline/reason-templates.ts';
import type { Sealed } from '@byline/protocol/byline/sealed.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { Staff } from '../../provider/service.ts';
import type { ApplicationStore } from '../application-store.ts';
import { publicOf } from '../application-view.ts';
import { lockOwn } from '../own-application.ts';
import type { ReviewersKeys } from '../reviewers-keys.ts';
import type { CaseAccess } from './case-access.ts';
import type { CaseStore } from './case-store.ts';

interface QuestionsParts {
  readonly store: ApplicationStore;
  readonly cases: CaseStore;
  readonly access: CaseAccess;
  readonly reviewersKeys: ReviewersKeys;
  readonly staff: Staff;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** Somebody who was asked something about their application. */
interface Asked {
  readonly applicant: UserId;
  readonly name: string | undefined;
}

/** What reviewers ask applicants, in the clear and without anything private; what is answered is sealed. */
export class Questions {
  readonly #parts: QuestionsParts;
  readonly #listeners: ((asked: Asked) => void)[] = [];

  constructor(parts: QuestionsParts) {
    this.#parts = parts;
  }

  /** Has `listener` called whenever somebody is asked. It must not throw. */
  onAsked(listener: (asked: Asked) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Asks the applicant. The case waits for them, at nobody's expense: its clock stands still.
   *
   * @throws DomainError `BYLINE_ROLE_REQUIRED`, `M_NOT_FOUND`, `BYLINE_CASE_CONFLICT`, `BYLINE_OWN_CASE`
   */
  async ask(
    by: UserId,
    id: ApplicationId,
    question: { readonly template?: TemplateId | undefined; readonly text: string },
  ): Promise<void> {
    const { staff, engine, access, store, cases, clock } = this.#parts;
    staff.requireRole(by, 'reviewer');
    const asked = await engine.transaction(async (writer) => {
      const locked = await access.lockHeld(writer, id, by);
      await access.requireMayReview(writer, locked, by);
      const at = clock.now();
      await store.update(writer, id, { state: 'question-asked', updated_at: at, holder: null, held_until: null });
      await cases.update(writer, id, { asked_at: at });
      await cases.addMessage(writer, {
        application_id: id,
        at,
        role: 'reviewer',
        actor: by,
        template: question.template ?? null,
        text: question.text.trim() === '' ? null : question.text.trim(),
        sealed: null,
      });
      await access.addStep(writer, id, by, { state: 'question-asked', action: 'asked' });
      return { applicant: locked.row.applicant, name: publicOf(locked.row).name };
    });
    for (const listener of this.#listeners) listener(asked);
  }

  /**
   * Answers. The case goes back to its place in the queue.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`, `BYLINE_NO_REVIEWERS_KEY`, `M_INVALID_PARAM` when it is not sealed to the
   *   present key
   */
  async answer(by: UserId, id: ApplicationId, sealed: Sealed): Promise<void> {
    const { engine, store, cases, reviewersKeys, clock } = this.#parts;
    reviewersKeys.requireCurrent('identity', sealed.kid, by);
    await engine.transaction(async (writer) => {
      await lockOwn(writer, store, id, by, 'answer');
      const reviewed = await cases.find(id, writer);
      if (reviewed === undefined) throw new DomainError('M_NOT_FOUND', 'You have no such application.');
      const at = clock.now();
      const waited = at - (reviewed.asked_at ?? at);
      await store.update(writer, id, { state: 'submitted', updated_at: at });
      await cases.update(writer, id, { asked_at: null, due_at: reviewed.due_at + waited });
      const message = { application_id: id, at, role: 'applicant', actor: by, template: null, text: null } as const;
      await cases.addMessage(writer, { ...message, sealed: JSON.stringify(sealed) });
      const step = { application_id: id, at, role: 'applicant', actor: by, state: 'submitted', reason: null } as const;
      await store.addStep(writer, { ...step, action: 'answered' });
    });
  }
}
