import { parseHandle } from '@byline/core/account/handle.ts';
import { DomainError, type UserId } from '@byline/protocol';
import { type Application, SealedIdentity } from '@byline/protocol/byline/applications.ts';
import type { BlindIndex } from '@byline/protocol/byline/blind-index.ts';
import { ApplicationId, type PublicDraft, PublicPart, type Purpose } from '@byline/protocol/byline/identity.ts';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../platform/clock.ts';
import type { Engine, Writer } from '../../platform/engine/engine.ts';
import type { Accounts } from '../publishing/service.ts';
import type { ApplicationStore } from './application-store.ts';
import { applicationOf, missingIn, publicOf } from './application-view.ts';
import type { ReviewersKeys } from './reviewers-keys.ts';
import type { EvidenceKeeper } from './evidence.ts';
import type { EvidenceStore } from './evidence-store.ts';
import type { StandingIdentities } from './custody/standing-identities.ts';
import { lockOwn, requireAction, requireOwn } from './own-application.ts';
import type { Resemblance } from './resemblance/service.ts';
import type { Intake } from './review/intake.ts';
import type { WorkViews } from './review/work-views.ts';
import type { Subjects } from './subjects/subjects.ts';
import type { ApplicationRow } from './tables.ts';
import type { ShownWays } from './verification/shown-ways.ts';

export interface ApplicationsParts {
  readonly store: ApplicationStore;
  readonly evidenceStore: EvidenceStore;
  readonly standingIdentities: StandingIdentities;
  readonly evidence: EvidenceKeeper;
  readonly reviewersKeys: ReviewersKeys;
  readonly accounts: Accounts;
  readonly resemblance: Resemblance;
  readonly subjects: Subjects;
  readonly shown: ShownWays;
  readonly intake: Intake;
  readonly work: WorkViews;
  readonly engine: Engine;
  readonly clock: Clock;
}

/** What is saved of an application; what is left out stays as it was. */
export interface Changes {
  readonly public?: PublicDraft | undefined;
  readonly identity?: (SealedIdentity & { readonly blind_index: BlindIndex }) | undefined;
}

const MOST_UNDECIDED = 10;
const UNDECIDED: ReadonlySet<string> = new Set(['draft', 'submitted', 'in-review', 'question-asked', 'changes-asked']);

/** The applicant's side: an application is drafted, sent, put right and withdrawn. */
export class Applications {
  readonly #store: ApplicationStore;
  readonly #evidenceStore: EvidenceStore;
  readonly #standingIdentities: StandingIdentities;
  readonly #evidence: EvidenceKeeper;
  readonly #reviewersKeys: ReviewersKeys;
  readonly #accounts: Accounts;
  readonly #resemblance: Resemblance;
  readonly #subjects: Subjects;
  readonly #shown: ShownWays;
  readonly #intake: Intake;
  readonly #work: WorkViews;
  readonly #engine: Engine;
  readonly #clock: Clock;

  constructor(parts: ApplicationsParts) {
    this.#store = parts.store;
    this.#evidenceStore = parts.evidenceStore;
    this.#standingIdentities = parts.standingIdentities;
    this.#evidence = parts.evidence;
    this.#reviewersKeys = parts.reviewersKeys;
    this.#accounts = parts.accounts;
    this.#resemblance = parts.resemblance;
    this.#subjects = parts.subjects;
    this.#shown = parts.shown;
    this.#intake = parts.intake;
    this.#work = parts.work;
    this.#engine = parts.engine;
    this.#clock = parts.clock;
  }

  /**
   * Begins an application.
   *
   * @throws DomainError `BYLINE_NO_REVIEWERS_KEY`; `M_FORBIDDEN` for who has too many undecided ones
   */
  async create(by: UserId, purpose: Purpose, draft: PublicDraft): Promise<Application> {
    this.#reviewersKeys.keyFor('identity', by);
    requirePublicOnlyForAccounts(purpose, draft);
    const now = this.#clock.now();
    const row: ApplicationRow = {
      application_id: ApplicationId.parse(randomBytes(16).toString('base64url')),
      purpose,
      applicant: by,
      state: 'draft',
      public: JSON.stringify(draft),
      sealed: null,
      sealed_at: null,
      account_id: null,
      created_at: now,
      updated_at: now,
      submitted_at: null,
      holder: null,
      held_until: null,
    };
    await this.#engine.transaction(async (writer) => {
      const undecided = (await this.#store.ofApplicant(by, writer)).filter(({ state }) => UNDECIDED.has(state));
      if (undecided.length >= MOST_UNDECIDED)
        throw new DomainError('M_FORBIDDEN', `You have ${MOST_UNDECIDED} applications open. Please finish one first.`);
      await this.#store.insert(writer, row);
      await this.#addStep(writer, row, 'draft');
    });
    return this.get(by, row.application_id);
  }

  /** The newest first. */
  async list(by: UserId): Promise<Application[]> {
    return this.#views(await this.#store.ofApplicant(by));
  }

  /** Throws `M_NOT_FOUND`. */
  async get(by: UserId, id: ApplicationId): Promise<Application> {
    const row = requireOwn(await this.#store.find(id), by);
    const [view] = await this.#views([row]);
    if (view === undefined) throw new Error('An application has no view.');
    return view;
  }

  /**
   * Saves what is given.
   *
   * @throws DomainError `M_NOT_FOUND`, `M_BAD_STATE`, `BYLINE_NO_REVIEWERS_KEY`, `M_INVALID_PARAM` when the identity is
   *   not sealed to the present key
   */
  async save(by: UserId, id: ApplicationId, changes: Changes): Promise<Application> {
    const { identity } = changes;
    if (identity !== undefined) this.#reviewersKeys.requireCurrent('identity', identity.sealed.kid, by);
    const now = this.#clock.now();
    await this.#engine.transaction(async (writer) => {
      const row = await lockOwn(writer, this.#store, id, by, 'save');
      if (changes.public !== undefined) requirePublicOnlyForAccounts(row.purpose, changes.public);
      await this.#store.update(writer, id, {
        updated_at: now,
        ...(changes.public === undefined ? {} : { public: JSON.stringify({ ...publicOf(row), ...changes.public }) }),
        ...(identity === undefined ? {} : { sealed: JSON.stringify(SealedIdentity.parse(identity)), sealed_at: now }),
      });
      if (identity !== undefined) await this.#subjects.put(writer, id, identity.blind_index);
    });
    return this.get(by, id);
  }

  /**
   * Sends an application for review. The first time, the public account is made, which can't publish yet.
   *
   * @throws DomainError `BYLINE_APPLICATION_INCOMPLETE`, `BYLINE_ACCOUNT_CAP`, `BYLINE_HANDLE_IN_USE`, `BYLINE_HANDLE_LOOKS_ALIKE`,
   *   `M_INVALID_USERNAME`, `M_NOT_FOUND`, `M_BAD_STATE`, `BYLINE_NO_REVIEWERS_KEY`
   */
  async submit(by: UserId, id: ApplicationId): Promise<Application> {
    const row = requireAction(await this.#store.find(id), by, 'submit');
    await this.#requireComplete(row, by);
    if (row.purpose === 'personal') await this.#engine.transaction((writer) => this.#submitInside(writer, row, {}));
    else await this.#submitForAccount(row);
    return this.get(by, id);
  }

  /** Takes an application back and deletes what was sealed in it. Throws `M_NOT_FOUND`, `M_BAD_STATE`. */
  async withdraw(by: UserId, id: ApplicationId): Promise<Application> {
    await this.#engine.transaction(async (writer) => {
      const row = await lockOwn(writer, this.#store, id, by, 'withdraw');
      const gone = { state: 'withdrawn', sealed: null, sealed_at: null, holder: null, held_until: null } as const;
      await this.#store.update(writer, id, { ...gone, updated_at: this.#clock.now() });
      await this.#evidenceStore.discard(writer, id);
      await this.#subjects.forget(writer, id);
      await this.#addStep(writer, row, 'withdrawn');
    });
    await this.#evidence.sweep();
    return this.get(by, id);
  }

  /** Forgets what somebody who leaves for good has shown: open applications, and what they showed for themselves alone. */
  async forget(userId: UserId): Promise<void> {
    const undecided = (await this.#store.ofApplicant(userId)).filter(({ state }) => UNDECIDED.has(state));
    for (const { application_id } of undecided) await this.withdraw(userId, application_id);
    await this.#engine.transaction(async (writer) => {
      await this.#standingIdentities.forgetPersonal(writer, userId);
      await this.#subjects.leave(writer, userId);
    });
  }

  /** Why somebody can't have a handle; `undefined`: they can. */
  async handleRefusal(by: UserId, text: string): Promise<string | undefined> {
    const refusal = await this.#accounts.handleRefusal(by, text, (accountId) => this.#store.isApplied(accountId));
    return refusal?.message ?? (await this.#resemblance.handleRefusal(by, text));
  }

  async #submitForAccount(row: ApplicationRow): Promise<void> {
    const draft = publicOf(row);
    const id = row.application_id;
    const publicPart = PublicPart.parse({ picture: null, ...draft, handle: parseHandle(draft.handle ?? '') });
    await this.#resemblance.requireDistinct(row.applicant, publicPart.handle);
    const opening = {
      applicant: row.applicant,
      public: publicPart,
      isApplied: (writer: Writer, accountId: string) => this.#store.isApplied(accountId, writer),
    };
    await this.#accounts.openAccount(opening, (batch, accountId) =>
      batch.atOnce(async (writer) => {
        await this.#submitInside(writer, row, { account_id: accountId, public: JSON.stringify(publicPart) });
        await this.#resemblance.keep(writer, row.applicant, { applicationId: id, accountId }, publicPart);
      }),
    );
    await this.#resemblance.look(id);
  }

  /** Once more at its turn: it may have been changed, withdrawn or sent since it was read. */
  async #submitInside(
    writer: Writer,
    read: ApplicationRow,
    changes: Pick<Partial<ApplicationRow>, 'account_id' | 'public'>,
  ): Promise<void> {
    const id = read.application_id;
    const row = await lockOwn(writer, this.#store, id, read.applicant, 'submit');
    const evidence = await this.#evidenceStore.of([id], writer);
    const way = (await this.#shown.of([id], writer))(id);
    if (row.public !== read.public || missingIn(row, evidence, this.#reviewersKeys.kidFor('identity'), way).length > 0)
      throw new DomainError(
        'M_BAD_STATE',
        'The application was changed meanwhile. Please look at it and send it again.',
      );
    await this.#subjects.requireRoomToSend(writer, { ...row, ...changes });
    const now = this.#clock.now();
    await this.#store.update(writer, id, {
      ...changes,
      state: 'submitted',
      updated_at: now,
      submitted_at: row.submitted_at ?? now,
    });
    await this.#intake.takeIn(writer, { ...row, ...changes });
    await this.#addStep(writer, row, 'submitted');
  }

  async #requireComplete(row: ApplicationRow, by: UserId): Promise<void> {
    const { kid } = this.#reviewersKeys.keyFor('identity', by);
    const id = row.application_id;
    const way = (await this.#shown.of([id]))(id);
    const missing = missingIn(row, await this.#evidenceStore.of([id]), kid, way);
    if (missing.length === 0) return;
    throw new DomainError(
      'BYLINE_APPLICATION_INCOMPLETE',
      `The application is not complete yet. What is missing: ${missing.join(', ')}.`,
      { missing },
    );
  }

  async #addStep(writer: Writer, row: ApplicationRow, state: ApplicationRow['state']): Promise<void> {
    await this.#store.addStep(writer, {
      application_id: row.application_id,
      at: this.#clock.now(),
      role: 'applicant',
      actor: row.applicant,
      state,
      reason: null,
    });
  }

  async #views(rows: readonly ApplicationRow[]): Promise<Application[]> {
    const ids = rows.map(({ application_id }) => application_id);
    const evidence = Map.groupBy(await this.#evidenceStore.of(ids), ({ application_id }) => application_id);
    const steps = Map.groupBy(await this.#store.steps(ids), ({ application_id }) => application_id);
    const kid = this.#reviewersKeys.kidFor('identity');
    const wayOf = await this.#shown.of(ids);
    const workOn = await this.#work.of(rows);
    return rows.map((row) => {
      const id = row.application_id;
      return applicationOf(row, evidence.get(id) ?? [], steps.get(id) ?? [], kid, wayOf(id), workOn(row));
    });
  }
}

const requirePublicOnlyForAccounts = (purpose: Purpose, draft: PublicDraft): void => {
  if (purpose === 'personal' && Object.keys(draft).length > 0)
    throw new DomainError('M_INVALID_PARAM', 'An application for yourself alone has no public part.');
};
