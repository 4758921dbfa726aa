import { waitsFor } from '@byline/core/identity/application-state.ts';
import type { UserId } from '@byline/protocol';
import type { ApplicationId, ApplicationState } from '@byline/protocol/byline/identity.ts';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { ReviewTables } from './review/tables.ts';
import type { ApplicationRow, StepRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<ReviewTables>();

/** States in which somebody still waits for an answer, or is asked for one. */
const OPEN: readonly ApplicationState[] = ['submitted', 'in-review', 'question-asked', 'changes-asked'];

/** All SQL of applications and of what was done with them. */
export class ApplicationStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: ApplicationRow): Promise<void> {
    await tables(writer).insertInto('applications').values(row).execute();
  }

  find(id: ApplicationId): Promise<ApplicationRow | undefined> {
    return tables(this.#reader)
      .selectFrom('applications')
      .selectAll()
      .where('application_id', '=', id)
      .executeTakeFirst();
  }

  /** The application as it is, which nobody else changes until the transaction ends. */
  lock(writer: Writer, id: ApplicationId): Promise<ApplicationRow | undefined> {
    // A write: it takes the row's lock, which a read would not.
    return tables(writer)
      .updateTable('applications')
      .set({ application_id: id })
      .where('application_id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  async update(writer: Writer, id: ApplicationId, changes: Partial<ApplicationRow>): Promise<void> {
    await tables(writer).updateTable('applications').set(changes).where('application_id', '=', id).execute();
    if (changes.state === undefined) return;
    // Whoever changes the state: a case stands in the queue exactly as long as it waits.
    const waiting = { waits_for: waitsFor(changes.state) ?? null };
    await tables(writer).updateTable('review_cases').set(waiting).where('application_id', '=', id).execute();
  }

  /** The newest first. */
  ofApplicant(userId: UserId, writer?: Writer): Promise<ApplicationRow[]> {
    return tables(writer ?? this.#reader)
      .selectFrom('applications')
      .selectAll()
      .where('applicant', '=', userId)
      .orderBy('created_at', 'desc')
      .orderBy('application_id')
      .execute();
  }

  /** Whether somebody applies for an account. */
  async isApplied(accountId: string, writer?: Writer): Promise<boolean> {
    const row = await tables(writer ?? this.#reader)
      .selectFrom('applications')
      .select('application_id')
      .where('account_id', '=', accountId)
      .where('state', 'in', OPEN)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Adds what was done with an application, which is locked, to its history. */
  async addStep(writer: Writer, step: Omit<StepRow, 'number'>): Promise<void> {
    const { last } = await tables(writer)
      .selectFrom('application_steps')
      .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
      .where('application_id', '=', step.application_id)
      .executeTakeFirstOrThrow();
    await tables(writer)
      .insertInto('application_steps')
      .values({ ...step, number: last + 1 })
      .execute();
  }

  /** What was done with some applications, the oldest first. */
  async steps(ids: readonly ApplicationId[], writer?: Writer): Promise<StepRow[]> {
    if (ids.length === 0) return [];
    return tables(writer ?? this.#reader)
      .selectFrom('application_steps')
      .selectAll()
      .where('application_id', 'in', ids)
      .orderBy('application_id')
      .orderBy('number')
      .execute();
  }
}
