import type { Reader, Writer } from '../../platform/engine/engine.ts';
import type { IdentityTables, ReviewersKeyRow } from './tables.ts';

const tables = (database: Reader | Writer) => database.withTables<IdentityTables>();

/** All SQL of the keys to which identities are sealed. */
export class KeyStore {
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  newest(): Promise<ReviewersKeyRow | undefined> {
    return tables(this.#reader)
      .selectFrom('reviewers_keys')
      .selectAll()
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  /** Makes a key the newest; one that was there before becomes it again. */
  async put(writer: Writer, key: Omit<ReviewersKeyRow, 'number'>): Promise<void> {
    const { last } = await tables(writer)
      .selectFrom('reviewers_keys')
      .select((select) => select.fn.coalesce(select.fn.max('number'), select.lit(0)).as('last'))
      .executeTakeFirstOrThrow();
    const number = last + 1;
    const { registered_by, registered_at } = key;
    await tables(writer)
      .insertInto('reviewers_keys')
      .values({ ...key, number })
      .onConflict((conflict) => conflict.column('kid').doUpdateSet({ number, registered_by, registered_at }))
      .execute();
  }
}
