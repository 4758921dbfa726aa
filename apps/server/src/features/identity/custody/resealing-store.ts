import type { UserId } from '@byline/protocol';
import type { ApplicationId } from '@byline/protocol/byline/identity.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { CustodyTables, ResealingRow, ShareRow, StandingRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<CustodyTables>();

/** All SQL of re-sealing. */
export class ResealingStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  all(): Promise<ResealingRow[]> {
    return tables(this.#reader).selectFrom('resealings').selectAll().orderBy('from_set').orderBy('to_set').execute();
  }

  find(from: number, to: number, database: Reader | Writer = this.#reader): Promise<ResealingRow | undefined> {
    return tables(database)
      .selectFrom('resealings')
      .selectAll()
      .where('from_set', '=', from)
      .where('to_set', '=', to)
      .executeTakeFirst();
  }

  /** Names who deals the records of a set; what others have begun of them is given up. */
  async put(writer: Writer, row: ResealingRow): Promise<void> {
    await tables(writer).deleteFrom('resealings').where('from_set', '=', row.from_set).execute();
    await tables(writer)
      .deleteFrom('resealing_parts')
      .where('application_id', 'in', (select) =>
        select.selectFrom('standing_identities').select('application_id').where('set_number', '=', row.from_set),
      )
      .execute();
    await tables(writer).insertInto('resealings').values(row).execute();
  }

  /** How many records still carry a set. */
  async left(set: number): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('standing_identities')
      .select((select) => select.fn.countAll<number>().as('count'))
      .where('set_number', '=', set)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** How many of them somebody has dealt already. */
  async dealtBy(set: number, by: UserId): Promise<number> {
    const { count } = await tables(this.#reader)
      .selectFrom('resealing_parts')
      .innerJoin('standing_identities', 'standing_identities.application_id', 'resealing_parts.application_id')
      .select((select) => select.fn.count<number>('resealing_parts.application_id').distinct().as('count'))
      .where('set_number', '=', set)
      .where('dealt_by', '=', by)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** The next records that still carry a set and that somebody has still to deal, in the order of their ids. */
  toDeal(set: number, by: UserId, after: ApplicationId | undefined, limit: number): Promise<StandingRow[]> {
    const left = tables(this.#reader)
      .selectFrom('standing_identities')
      .selectAll()
      .where('set_number', '=', set)
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('resealing_parts')
              .select('resealing_parts.application_id')
              .whereRef('resealing_parts.application_id', '=', 'standing_identities.application_id')
              .where('dealt_by', '=', by),
          ),
        ),
      );
    const next = after === undefined ? left : left.where('application_id', '>', after);
    return next.orderBy('application_id').limit(limit).execute();
  }

  /** A record that nobody else changes until the transaction ends. */
  lock(writer: Writer, id: ApplicationId): Promise<StandingRow | undefined> {
    return tables(writer)
      .updateTable('standing_identities')
      .set({ application_id: id })
      .where('application_id', '=', id)
      .returningAll()
      .executeTakeFirst();
  }

  /** Keeps what one dealer dealt of a record; the same again takes its place. */
  async deal(writer: Writer, by: UserId, id: ApplicationId, parts: readonly ShareRow[]): Promise<void> {
    await tables(writer)
      .deleteFrom('resealing_parts')
      .where('application_id', '=', id)
      .where('dealt_by', '=', by)
      .execute();
    await tables(writer).insertInto('resealing_parts').values(parts).execute();
  }

  async isDealtBy(writer: Writer, by: UserId, id: ApplicationId): Promise<boolean> {
    const row = await tables(writer)
      .selectFrom('resealing_parts')
      .select('application_id')
      .where('application_id', '=', id)
      .where('dealt_by', '=', by)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Puts what was dealt in place of the shares that were there. */
  async finish(writer: Writer, id: ApplicationId, set: number): Promise<void> {
    await tables(writer).deleteFrom('standing_shares').where('application_id', '=', id).execute();
    const columns = ['application_id', 'field', 'custodian', 'dealt_by', 'sealed'] as const;
    await tables(writer)
      .insertInto('standing_shares')
      .columns([...columns])
      .expression((from) =>
        from
          .selectFrom('resealing_parts')
          .select([...columns])
          .where('application_id', '=', id),
      )
      .execute();
    await tables(writer).deleteFrom('resealing_parts').where('application_id', '=', id).execute();
    await tables(writer)
      .updateTable('standing_identities')
      .set({ set_number: set })
      .where('application_id', '=', id)
      .execute();
  }
}
