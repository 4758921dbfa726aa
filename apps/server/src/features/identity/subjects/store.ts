import type { UserId } from '@byline/protocol';
import type { BlindIndex } from '@byline/protocol/byline/blind-index.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { ApplicationRow, StepRow } from '../tables.ts';
import type { SubjectTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<SubjectTables>();

/** An application of a subject, as far as it matters to the subject's other ones. */
export type ApplicationOfSubject = Pick<
  ApplicationRow,
  'application_id' | 'purpose' | 'applicant' | 'state' | 'public' | 'account_id' | 'submitted_at'
>;

/** All SQL of subjects: which applications are of one, without knowing whom. */
export class SubjectStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Says whom an application is of; said again, it takes the place of what was said before. */
  async put(writer: Writer, id: ApplicationId, index: BlindIndex): Promise<void> {
    await tables(writer)
      .insertInto('subject_applications')
      .values({ application_id: id, blind_index: index })
      .onConflict((conflict) => conflict.column('application_id').doUpdateSet({ blind_index: index }))
      .execute();
  }

  async indexOf(id: ApplicationId, writer?: Writer): Promise<BlindIndex | undefined> {
    const row = await tables(writer ?? this.#reader)
      .selectFrom('subject_applications')
      .select('blind_index')
      .where('application_id', '=', id)
      .executeTakeFirst();
    return row?.blind_index;
  }

  /** Until the transaction ends, nobody else approves anything for this subject. */
  async lock(writer: Writer, index: BlindIndex, now: number): Promise<void> {
    await tables(writer)
      .insertInto('subjects')
      .values({ blind_index: index, since: now })
      .onConflict((conflict) => conflict.column('blind_index').doUpdateSet({ blind_index: index }))
      .execute();
  }

  /** All applications of a subject, the newest first. */
  applicationsOf(index: BlindIndex, writer?: Writer): Promise<ApplicationOfSubject[]> {
    return tables(writer ?? this.#reader)
      .selectFrom('subject_applications')
      .innerJoin('applications', 'applications.application_id', 'subject_applications.application_id')
      .select([
        'applications.application_id',
        'applications.purpose',
        'applications.applicant',
        'applications.state',
        'applications.public',
        'applications.account_id',
        'applications.submitted_at',
      ])
      .where('subject_applications.blind_index', '=', index)
      .orderBy('applications.created_at', 'desc')
      .orderBy('applications.application_id')
      .execute();
  }

  /** Forgets whom some applications are of; of a subject without any nothing is kept. */
  async forget(writer: Writer, ids: readonly ApplicationId[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await tables(writer)
      .deleteFrom('subject_applications')
      .where('application_id', 'in', ids)
      .returning('blind_index')
      .execute();
    for (const { blind_index } of gone) await this.#removeEmpty(writer, blind_index);
  }

  /** The applications for an account. */
  async applicationsFor(writer: Writer, accountId: string): Promise<ApplicationId[]> {
    const rows = await tables(writer)
      .selectFrom('applications')
      .select('application_id')
      .where('account_id', '=', accountId)
      .execute();
    return rows.map(({ application_id }) => application_id);
  }

  /** What somebody has applied for. */
  applicationsBy(
    writer: Writer,
    userId: UserId,
  ): Promise<Pick<ApplicationRow, 'application_id' | 'state' | 'account_id'>[]> {
    return tables(writer)
      .selectFrom('applications')
      .select(['application_id', 'state', 'account_id'])
      .where('applicant', '=', userId)
      .execute();
  }

  /** The newest answers of reviewers, and what was done with these applications before. */
  async stepsOfAnswered(answers: number): Promise<StepRow[]> {
    const newest = await tables(this.#reader)
      .selectFrom('application_steps')
      .select('application_id')
      .where('role', '=', 'reviewer')
      .where('state', 'in', ['approved', 'refused', 'changes-asked'])
      .orderBy('at', 'desc')
      .limit(answers)
      .execute();
    const ids = [...new Set(newest.map(({ application_id }) => application_id))];
    if (ids.length === 0) return [];
    return tables(this.#reader)
      .selectFrom('application_steps')
      .selectAll()
      .where('application_id', 'in', ids)
      .orderBy('application_id')
      .orderBy('number')
      .execute();
  }

  async #removeEmpty(writer: Writer, index: BlindIndex): Promise<void> {
    await tables(writer)
      .deleteFrom('subjects')
      .where('blind_index', '=', index)
      .where((is) =>
        is.not(
          is.exists(is.selectFrom('subject_applications').select('application_id').where('blind_index', '=', index)),
        ),
      )
      .execute();
  }
}
