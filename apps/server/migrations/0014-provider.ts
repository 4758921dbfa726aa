import type { Kysely } from 'kysely';

/** Who works for the provider, the token that makes the first administrator, and what the provider decided. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('staff_roles')
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.user_id'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('granted_by', 'text')
    .addColumn('granted_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('staff_roles_key', ['user_id', 'role'])
    .execute();
  await database.schema
    .createTable('setup_tokens')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('made_at', 'bigint', (column) => column.notNull())
    .execute();
  await database.schema
    .createTable('policy_versions')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('effective_from', 'bigint', (column) => column.notNull())
    .addColumn('set_by', 'text', (column) => column.notNull())
    .addColumn('set_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('policy_versions_key', ['key', 'version'])
    .execute();
};
