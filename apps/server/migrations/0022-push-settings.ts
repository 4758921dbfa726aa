import type { Kysely } from 'kysely';

/** What users have changed of the push rules. Who has changed nothing has no row. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('push_settings')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('settings', 'text', (column) => column.notNull())
    .execute();
};
