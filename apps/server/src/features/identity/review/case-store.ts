import type { ApplicationId, EvidenceId } from '@byline/protocol/byline/identity.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { CaseMessageRow, CaseNoteRow, ReviewCaseRow, ReviewTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<ReviewTables>();

/** All SQL of single cases: how they are worked on, what is asked and answered in them, and what reviewers note. */
export class CaseStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async find(id: ApplicationId, writer?: Writer): Promise<ReviewCaseRow | undefined> {
    return tables(writer ?? this.#reader)
      .selectFrom('review_cases')
      .selectAll()
      .where('application_id', '=', id)
      .executeTakeFirst();
  }

  async of(ids: readonly ApplicationId[]): Promise<ReviewCaseRow[]> {
    if (ids.length === 0) return [];
    return tables(this.#reader).selectFrom('review_cases').selectAll().where('application_id', 'in', ids).execute();
  }

  /** Adds a case, or takes over what is given of one that was there. */
  async put(writer: Writer, row: ReviewCaseRow, again: Partial<ReviewCaseRow>): Promise<void> {
    await tables(writer)
      .insertInto('review_cases')
      .values(row)
      .onConflict((conflict) => conflict.column('application_id').doUpdateSet(again))
      .execute();
  }

  async update(writer: Writer, id: ApplicationId, changes: Partial<ReviewCaseRow>): Promise<void> {
    await tables(writer).updateTable('review_cases').set(changes).where('application_id', '=', id).execute();
  }

  /** What a case is found by, from now on. */
  async setWords(writer: Writer, id: ApplicationId, words: readonly string[]): Promise<void> {
    await tables(writer).deleteFrom('case_words').where('application_id', '=', id).execute();
    if (words.length === 0) return;
    const rows = words.map((word) => ({ word, application_id: id }));
    await tables(writer).insertInto('case_words').values(rows).execute();
  }

  /** Cases whose sealed things are kept no longer, at most so many. */
  async keptUntil(now: number, limit: number): Promise<ApplicationId[]> {
    const rows = await tables(this.#reader)
      .selectFrom('review_cases')
      .select('application_id')
      .where('keep_until', '<=', now)
      .orderBy('keep_until')
      .limit(limit)
      .execute();
    return rows.map(({ application_id }) => application_id);
  }

  /** Adds a question or an answer to a case that is locked. */
  async addMessage(writer: Writer, message: Omit<CaseMessageRow, 'number'>): Promise<void> {
    const { last } = await tables(writer)
      .selectFrom('case_messages')
      .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
      .where('application_id', '=', message.application_id)
      .executeTakeFirstOrThrow();
    await tables(writer)
      .insertInto('case_messages')
      .values({ ...message, number: last + 1 })
      .execute();
  }

  async messages(ids: readonly ApplicationId[]): Promise<CaseMessageRow[]> {
    if (ids.length === 0) return [];
    return tables(this.#reader)
      .selectFrom('case_messages')
      .selectAll()
      .where('application_id', 'in', ids)
      .orderBy('application_id')
      .orderBy('number')
      .execute();
  }

  /** Forgets what the applicant has answered; that they did stays. Tells whether there was anything. */
  async forgetAnswers(writer: Writer, id: ApplicationId): Promise<boolean> {
    const { numUpdatedRows } = await tables(writer)
      .updateTable('case_messages')
      .set({ sealed: null })
      .where('application_id', '=', id)
      .where('sealed', 'is not', null)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** Adds a note to a case that is locked. */
  async addNote(writer: Writer, note: Omit<CaseNoteRow, 'number'>): Promise<void> {
    const { last } = await tables(writer)
      .selectFrom('case_notes')
      .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
      .where('application_id', '=', note.application_id)
      .executeTakeFirstOrThrow();
    await tables(writer)
      .insertInto('case_notes')
      .values({ ...note, number: last + 1 })
      .execute();
  }

  notes(id: ApplicationId): Promise<CaseNoteRow[]> {
    return tables(this.#reader)
      .selectFrom('case_notes')
      .selectAll()
      .where('application_id', '=', id)
      .orderBy('number')
      .execute();
  }

  /** Has evidence belong to another application; it still opens as what it was sealed for. */
  async moveEvidence(writer: Writer, id: EvidenceId, to: ApplicationId, sealedFor: ApplicationId): Promise<void> {
    await tables(writer)
      .updateTable('evidence')
      .set({ application_id: to, sealed_for: sealedFor })
      .where('evidence_id', '=', id)
      .execute();
  }
}
