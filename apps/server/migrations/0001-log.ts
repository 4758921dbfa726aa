import type { Kysely } from 'kysely';

/** The head of the log: one row, whose lock orders all who append. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('log_head')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
  await database
    .withTables<{ log_head: { id: number; position: number } }>()
    .insertInto('log_head')
    .values({ id: 1, position: 0 })
    .execute();
};
