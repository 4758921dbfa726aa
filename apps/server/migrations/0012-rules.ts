import type { Kysely } from 'kysely';

/** The provider's rules in all their versions, and who agreed to which. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('rules')
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('texts', 'text', (column) => column.notNull())
    .addColumn('published_by', 'text')
    .addColumn('published_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('rule_agreements')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.user_id'))
    .addColumn('version', 'integer', (column) => column.notNull().references('rules.version'))
    .addColumn('agreed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('rule_agreements_key', ['user_id', 'version'])
    .execute();
};
