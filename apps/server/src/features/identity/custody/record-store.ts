import type { UserId } from '@byline/protocol';
import type { CustodyField, SealedShare, StandingField } from '@byline/protocol/byline/custody.ts';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import { Encrypted, Sealed } from '@byline/protocol/byline/sealed.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { CustodyTables, ShareRow, StandingRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<CustodyTables>();

/** All SQL of identities that custodians hold. */
export class RecordStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  async insert(writer: Writer, row: StandingRow, fields: readonly StandingField[]): Promise<void> {
    const { application_id } = row;
    await tables(writer).insertInto('standing_identities').values(row).execute();
    const encrypted = fields.map((one) => ({
      application_id,
      field: one.field,
      encrypted: JSON.stringify(one.encrypted),
    }));
    await tables(writer).insertInto('standing_fields').values(encrypted).execute();
    const shares = fields.flatMap(({ field, shares: all }) =>
      all.flatMap(({ custodian, parts }) =>
        parts.map(({ sealed }): ShareRow => ({
          application_id,
          field,
          custodian,
          dealt_by: '',
          sealed: JSON.stringify(sealed),
        })),
      ),
    );
    await tables(writer).insertInto('standing_shares').values(shares).execute();
  }

  find(id: ApplicationId, database: Reader | Writer = this.#reader): Promise<StandingRow | undefined> {
    return tables(database)
      .selectFrom('standing_identities')
      .selectAll()
      .where('application_id', '=', id)
      .executeTakeFirst();
  }

  /** The newest of a public account. */
  ofAccount(accountId: string): Promise<StandingRow | undefined> {
    return tables(this.#reader)
      .selectFrom('standing_identities')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('sealed_at', 'desc')
      .orderBy('application_id')
      .limit(1)
      .executeTakeFirst();
  }

  /** The newest that somebody showed for themselves. */
  personalOf(userId: UserId): Promise<StandingRow | undefined> {
    return tables(this.#reader)
      .selectFrom('standing_identities')
      .selectAll()
      .where('user_id', '=', userId)
      .where('account_id', 'is', null)
      .orderBy('sealed_at', 'desc')
      .orderBy('application_id')
      .limit(1)
      .executeTakeFirst();
  }

  /** One custodian's shares of some fields. */
  async sharesOf(
    id: ApplicationId,
    custodian: UserId,
    fields: readonly CustodyField[],
    database: Reader | Writer = this.#reader,
  ): Promise<{ readonly field: CustodyField; readonly share: SealedShare }[]> {
    const rows = await tables(database)
      .selectFrom('standing_shares')
      .selectAll()
      .where('application_id', '=', id)
      .where('custodian', '=', custodian)
      .where('field', 'in', fields)
      .orderBy('field')
      .orderBy('dealt_by')
      .execute();
    return [...Map.groupBy(rows, ({ field }) => field)].map(([field, parts]) => ({
      field,
      share: { custodian, parts: parts.map(partOf) },
    }));
  }

  /** Some fields, encrypted. */
  async fieldsOf(
    id: ApplicationId,
    fields: readonly CustodyField[],
    database: Reader | Writer = this.#reader,
  ): Promise<{ readonly field: CustodyField; readonly encrypted: Encrypted }[]> {
    const rows = await tables(database)
      .selectFrom('standing_fields')
      .selectAll()
      .where('application_id', '=', id)
      .where('field', 'in', fields)
      .orderBy('field')
      .execute();
    return rows.map(({ field, encrypted }) => ({ field, encrypted: Encrypted.parse(JSON.parse(encrypted)) }));
  }

  /** Which fields there are. */
  async fieldNames(id: ApplicationId, database: Reader | Writer = this.#reader): Promise<CustodyField[]> {
    const rows = await tables(database)
      .selectFrom('standing_fields')
      .select('field')
      .where('application_id', '=', id)
      .orderBy('field')
      .execute();
    return rows.map(({ field }) => field);
  }

  /** Forgets what somebody showed for themselves alone: without its keys' shares nobody opens it again. */
  async removePersonal(writer: Writer, userId: UserId): Promise<void> {
    const rows = await tables(writer)
      .deleteFrom('standing_identities')
      .where('user_id', '=', userId)
      .where('account_id', 'is', null)
      .returning('application_id')
      .execute();
    const ids = rows.map(({ application_id }) => application_id);
    if (ids.length === 0) return;
    await tables(writer).deleteFrom('standing_shares').where('application_id', 'in', ids).execute();
    await tables(writer).deleteFrom('resealing_parts').where('application_id', 'in', ids).execute();
    await tables(writer).deleteFrom('standing_fields').where('application_id', 'in', ids).execute();
  }
}

const partOf = ({ dealt_by, sealed }: ShareRow) => ({
  ...(dealt_by === '' ? {} : { from: dealt_by }),
  sealed: Sealed.parse(JSON.parse(sealed)),
});
