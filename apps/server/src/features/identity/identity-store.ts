import type { UserId } from '@byline/protocol';
import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { IdentityRow, IdentityTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<IdentityTables>();

/** All SQL of approved identities. */
export class IdentityStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: IdentityRow): Promise<void> {
    await tables(writer).insertInto('identities').values(row).execute();
  }

  /** Everybody who has an approved identity. */
  async holders(): Promise<UserId[]> {
    const rows = await tables(this.#reader).selectFrom('identities').select('user_id').distinct().execute();
    return rows.map(({ user_id }) => user_id);
  }

  /** Forgets what a user showed for themselves alone. */
  async removePersonal(writer: Writer, userId: UserId): Promise<void> {
    await tables(writer)
      .deleteFrom('identities')
      .where('user_id', '=', userId)
      .where('application_id', 'in', (select) =>
        select
          .selectFrom('applications')
          .select('application_id')
          .where('applicant', '=', userId)
          .where('purpose', '=', 'personal'),
      )
      .execute();
  }
}
