import type { Kysely } from 'kysely';

/** What became of policies that never held, and who gave and took which role. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema.alterTable('policy_versions').addColumn('withdrawn_by', 'text').execute();
  await database.schema.alterTable('policy_versions').addColumn('withdrawn_at', 'bigint').execute();
  await database.schema
    .createTable('staff_changes')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('change', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text')
    .execute();
};
