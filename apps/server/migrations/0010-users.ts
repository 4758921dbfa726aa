import type { Kysely } from 'kysely';

/** Accounts, and what they show of themselves. */
export const up = async (database: Kysely<unknown>): Promise<void> => {
  await database.schema
    .createTable('users')
    .addColumn('user_id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('deactivated_at', 'bigint')
    .execute();
  await database.schema
    .createTable('profiles')
    .addColumn('user_id', 'text', (column) => column.primaryKey().references('users.user_id'))
    .addColumn('displayname', 'text')
    .addColumn('avatar_url', 'text')
    .addColumn('further_fields', 'text', (column) => column.notNull().defaultTo('{}'))
    .addColumn('search_name', 'text', (column) => column.notNull())
    .execute();
};
