import type { ApplicationId, EvidenceId, EvidencePiece } from '@byline/protocol/byline/identity.ts';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { EvidenceRow, IdentityTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<IdentityTables>();

/** All SQL of the sealed pictures of documents. */
export class EvidenceStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: EvidenceRow): Promise<void> {
    await tables(writer).insertInto('evidence').values(row).execute();
  }

  async of(ids: readonly ApplicationId[], writer?: Writer): Promise<EvidenceRow[]> {
    if (ids.length === 0) return [];
    return tables(writer ?? this.#reader)
      .selectFrom('evidence')
      .selectAll()
      .where('application_id', 'in', ids)
      .where('discarded', '=', 0)
      .orderBy('uploaded_at')
      .orderBy('evidence_id')
      .execute();
  }

  /** Gives up some evidence of an application: one, one piece, or all. Tells whether there was any. */
  async discard(
    writer: Writer,
    application: ApplicationId,
    which: { readonly id?: EvidenceId; readonly piece?: EvidencePiece } = {},
  ): Promise<boolean> {
    let query = tables(writer)
      .updateTable('evidence')
      .set({ discarded: 1 })
      .where('application_id', '=', application)
      .where('discarded', '=', 0);
    if (which.id !== undefined) query = query.where('evidence_id', '=', which.id);
    if (which.piece !== undefined) query = query.where('piece', '=', which.piece);
    const { numUpdatedRows } = await query.executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** What was given up and still has its blob. */
  discarded(): Promise<EvidenceRow[]> {
    return tables(this.#reader).selectFrom('evidence').selectAll().where('discarded', '=', 1).execute();
  }

  async remove(writer: Writer, id: EvidenceId): Promise<void> {
    await tables(writer).deleteFrom('evidence').where('evidence_id', '=', id).execute();
  }
}
