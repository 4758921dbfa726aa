import { type ConfirmedSet, CustodianSet } from '@byline/protocol/byline/custody.ts';
import type { Reader, Writer } from '../../../platform/engine/engine.ts';
import type { ConfirmationRow, CustodianKeyRow, CustodianSetRow, CustodyTables } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<CustodyTables>();

/** A set with what is known of it. */
export interface KnownSet extends ConfirmedSet {
  readonly holdsSince: number | null;
}

/** All SQL of custodians' keys and of who holds identities together. */
export class CustodianStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** All keys, the oldest first. */
  keys(database: Reader | Writer = this.#reader): Promise<CustodianKeyRow[]> {
    return tables(database).selectFrom('custodian_keys').selectAll().orderBy('registered_at').orderBy('kid').execute();
  }

  /** Keeps a key, unless it is there. */
  async addKey(writer: Writer, row: CustodianKeyRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows = 0n } = await tables(writer)
      .insertInto('custodian_keys')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows > 0n;
  }

  /** All sets, the oldest first. */
  async sets(database: Reader | Writer = this.#reader): Promise<KnownSet[]> {
    const rows = await tables(database).selectFrom('custodian_sets').selectAll().orderBy('number').execute();
    const confirmations = await tables(database)
      .selectFrom('custodian_confirmations')
      .selectAll()
      .orderBy('at')
      .execute();
    const ofSet = Map.groupBy(confirmations, ({ number }) => number);
    return rows.map((row) => ({
      set: setOf(row),
      confirmations: (ofSet.get(row.number) ?? []).map(({ user_id, signature }) => ({ user_id, signature })),
      holdsSince: row.holds_since,
    }));
  }

  /** Puts a proposal in place of one that was not confirmed. Tells whether it could: one that holds stays. */
  async propose(writer: Writer, row: CustodianSetRow): Promise<boolean> {
    const { number } = row;
    const there = await this.lock(writer, number);
    if (there !== undefined && there.holds_since !== null) return false;
    await tables(writer).deleteFrom('custodian_confirmations').where('number', '=', number).execute();
    await tables(writer).deleteFrom('custodian_sets').where('number', '=', number).execute();
    await tables(writer).insertInto('custodian_sets').values(row).execute();
    return true;
  }

  /** A set that nobody else changes until the transaction ends. */
  lock(writer: Writer, number: number): Promise<CustodianSetRow | undefined> {
    return tables(writer)
      .updateTable('custodian_sets')
      .set({ number })
      .where('number', '=', number)
      .returningAll()
      .executeTakeFirst();
  }

  async confirm(writer: Writer, row: ConfirmationRow): Promise<void> {
    await tables(writer)
      .insertInto('custodian_confirmations')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  async hold(writer: Writer, number: number, since: number): Promise<void> {
    await tables(writer)
      .updateTable('custodian_sets')
      .set({ holds_since: since })
      .where('number', '=', number)
      .execute();
  }
}

const setOf = ({ content }: CustodianSetRow): CustodianSet => CustodianSet.parse(JSON.parse(content));
